/** The tea houses of the demo. Their names stand in public texts; what they make is invented and marked DEMO. */

/** What a house makes in a month, and of which leaf. */
export type House = {
  producer: string;
  standard: 'vietgap' | 'organic' | 'none';
  tickets: number;
  /** Kilograms of leaf of a ticket, about. */
  kg: number;
  batches: number;
  products: readonly { name: string; en: string; gtin?: string; netG: number }[];
};

export const HOUSES: readonly House[] = [
  {
    producer: 'HTX sản xuất trà an toàn Thái Ninh',
    standard: 'vietgap',
    tickets: 20,
    kg: 275,
    batches: 4,
    products: [
      {
        name: 'Trà móc câu Thái Ninh (DEMO)',
        en: 'Thai Ninh fish-hook tea (DEMO)',
        gtin: '8938500000010',
        netG: 200,
      },
      { name: 'Trà búp Thái Ninh (DEMO)', en: 'Thai Ninh bud tea (DEMO)', netG: 500 },
    ],
  },
  {
    producer: 'HTX chè an toàn Khe Cốc',
    standard: 'none',
    tickets: 6,
    kg: 180,
    batches: 1,
    products: [{ name: 'Trà Khe Cốc (DEMO)', en: 'Khe Coc tea (DEMO)', netG: 200 }],
  },
  {
    producer: 'Tổ sản xuất chè hữu cơ Khe Cốc 2',
    standard: 'organic',
    tickets: 3,
    kg: 70,
    batches: 1,
    products: [{ name: 'Trà hữu cơ Khe Cốc (DEMO)', en: 'Khe Coc organic tea (DEMO)', netG: 100 }],
  },
];
export const STORY =
  'Búp được hái buổi sớm trên đồi quanh xóm, về xưởng trong ngày: diệt men, vò, sao khô rồi lên hương trên chảo gang. Lời kể mẫu của bản chạy thử (DEMO).';
export const STORY_EN =
  'Picked in the early morning on the hills around the hamlet and made the same day: fixed, rolled, dried and finished in an iron pan. A sample story of the demonstration (DEMO).';
