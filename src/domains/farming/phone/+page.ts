/** The diary runs on the phone, without reception too. */
export const csr = true;
