/** The words for what the commune may answer. Named one by one: what is named nowhere is not carried to the phone. */
import { m } from '#i18n/messages';

type Said = (params: never) => string;

const said: Record<string, Said> = {
  'farming.entry.not_your_plot': m.error_farming_entry_not_your_plot,
  'farming.entry.plot_not_there_then': m.error_farming_entry_plot_not_there_then,
  'farming.entry.held_by_another': m.error_farming_entry_held_by_another,
  'farming.entry.original_unknown': m.error_farming_entry_original_unknown,
  'farming.entry.another_kind': m.error_farming_entry_another_kind,
  'farming.entry.already_corrected': m.error_farming_entry_already_corrected,
  'farming.entry.not_your_stock': m.error_farming_entry_not_your_stock,
  'farming.entry.id_reused': m.error_farming_entry_id_reused,
  'farming.entry.to_come': m.error_farming_entry_to_come,
  'farming.gate.inside_interval': m.error_farming_gate_inside_interval,
  'farming.gate.interval_not_known': m.error_farming_gate_interval_not_known,
  'farming.gate.refused_spraying': m.error_farming_gate_refused_spraying,
  'farming.gate.not_in_register': m.error_farming_gate_not_in_register,
  'farming.gate.not_registered_then': m.error_farming_gate_not_registered_then,
  'farming.gate.ban_unknown': m.error_farming_gate_ban_unknown,
  'farming.gate.banned': m.error_farming_gate_banned,
  'farming.gate.withdrawn': m.error_farming_gate_withdrawn,
  'farming.gate.crop_unknown': m.error_farming_gate_crop_unknown,
  'farming.gate.not_for_tea': m.error_farming_gate_not_for_tea,
  'farming.gate.interval_unknown': m.error_farming_gate_interval_unknown,
  'farming.gate.interval_too_long': m.error_farming_gate_interval_too_long,
  'farming.gate.nature_unknown': m.error_farming_gate_nature_unknown,
  'farming.gate.dose_unknown': m.error_farming_gate_dose_unknown,
  'farming.gate.dose_not_comparable': m.error_farming_gate_dose_not_comparable,
  'farming.gate.dose_too_high': m.error_farming_gate_dose_too_high,
  'farming.gate.applications_unknown': m.error_farming_gate_applications_unknown,
  'farming.gate.too_often': m.error_farming_gate_too_often,
  'farming.gate.organic_unknown': m.error_farming_gate_organic_unknown,
  'farming.gate.not_organic': m.error_farming_gate_not_organic,
  'farming.gate.expiry_unknown': m.error_farming_gate_expiry_unknown,
  'farming.gate.expired': m.error_farming_gate_expired,
  'farming.photo.other': m.error_farming_photo_other,
  'farming.photo.too_long': m.error_farming_photo_too_long,
  'farming.photo.too_many': m.farming_phone_photo_too_many,
  'farming.sync.too_large': m.error_farming_sync_too_large,
  'farming.phone.unsendable': m.error_farming_phone_unsendable,
};

export const REASONS = said as Record<string, ((params: Record<string, string>) => string) | undefined>;
