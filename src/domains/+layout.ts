/** Pages are HTML and CSS; the few that need JavaScript turn it on for themselves. */
export const csr = false;
