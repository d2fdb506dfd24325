/** The forms that shut phones out, ready to be drawn. */
import { shortForm } from '#app/short-form';
import { m } from '#i18n/messages';
import type { Refused } from '#ui/form/short-form.ts';
import type { DeviceView } from './edge.devices.ts';

/** The phones with the form that shuts each out, ready to be drawn. */
export function withForms(devices: readonly DeviceView[], refused: Refused | undefined) {
  return devices.map((one) => {
    const form = shortForm({
      id: `device-${one.id}`,
      action: '?/shut',
      submit: m.farming_phones_shut(),
      refused,
      hidden: { device: one.id },
      questions: [],
    });
    return { ...one, form };
  });
}
