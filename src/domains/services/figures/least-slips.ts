/** Fewer slips than this are not shown (architecture rule 8; NĐ 224/2026/NĐ-CP art. 10.3). */
export const LEAST_SLIPS = 5;
