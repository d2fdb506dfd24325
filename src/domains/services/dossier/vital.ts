/** What the forms of birth and death say of the register's people. Pure. */
import type { NamedPerson, VitalNotice } from '#domain/registry';
import type { FormValues } from '#kernel/forms/values';

/** @returns null for every other form, and where the form leaves out who or when */
export function vitalNoticeOf(formId: string, values: FormValues): VitalNotice | null {
  if (formId === 'birth-registration') {
    const child = personOf(values, 'child');
    if (!child?.birthDate) return null;
    const parents = [personOf(values, 'mother'), personOf(values, 'father')].filter((one) => one !== null);
    const { name, birthDate } = child;
    return { kind: 'birth', child: { name, birthDate, sex: text(values, 'child.sex') }, parents };
  }
  if (formId === 'death-registration') {
    const deceased = personOf(values, 'deceased');
    const on = text(values, 'died_on');
    return deceased && isDay(on) ? { kind: 'death', deceased, on } : null;
  }
  return null;
}

function personOf(values: FormValues, key: string): NamedPerson | null {
  const name = text(values, `${key}.full_name`);
  if (name === null) return null;
  const birth = text(values, `${key}.birth_date`);
  return { name, birthDate: isDay(birth) ? birth : null, nationalId: text(values, `${key}.national_id`) };
}

function text(values: FormValues, key: string): string | null {
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Forms take a year or a month where no more is known. */
function isDay(value: string | null): value is string {
  return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value);
}
