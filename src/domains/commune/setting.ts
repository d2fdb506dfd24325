/** The small settings of a commune, each with its shape. */
import { z } from 'zod';
import { Email, line, lines, optional, Phone } from '#kernel/input';

export const Settings = z.object({
  /** Where the office stands. */
  address: optional(line(200)),
  /** The office's telephone, in +84 form. */
  phone: optional(Phone),
  email: optional(Email),
  /** Some lines about the commune, for the home page. */
  introduction: optional(lines(2000)),
  introductionEn: optional(lines(2000)),
});
export type Settings = z.output<typeof Settings>;
export type SettingsInput = Partial<z.input<typeof Settings>>;

export const NO_SETTINGS: Settings = {
  address: null,
  phone: null,
  email: null,
  introduction: null,
  introductionEn: null,
};
