/** An entry in one line. */
import type { EntryInput, Grade } from '../../diary/entry.ts';
import type { Bundle } from '../core/bundle.ts';
import { detailsOf } from './form.ts';
import { amountWords, DOSES, GRADES, UNITS } from './words.ts';

/** `KC-0012, KC-0013 · Matrine 0.3SL 30 ml/sào`. */
export function summary(entry: EntryInput, bundle: Bundle | null): string {
  const codes = entry.plot_ids.map((id) => bundle?.plots.find((plot) => plot.id === id)?.code ?? '?');
  return [codes.join(', '), whatOf(entry, bundle)].filter((part) => part !== '').join(' · ');
}

function whatOf(entry: EntryInput, bundle: Bundle | null): string {
  const details = detailsOf(entry);
  const text = (field: string) => String(details[field] ?? '');
  const number = (field: string) => Number(details[field] ?? 0);
  const product =
    bundle?.products.find(({ code }) => code === details['product_code'])?.name ?? text('product_code');
  if (entry.kind === 'spray') {
    const unit = DOSES[text('dose_unit')]?.() ?? '';
    return number('dose') > 0 ? `${product} ${amountWords(number('dose'), unit)}` : product;
  }
  if (entry.kind === 'fertilise') {
    const unit = UNITS[text('unit')]?.() ?? '';
    const name = product || text('name');
    return number('amount') > 0 ? `${name} ${amountWords(number('amount'), unit)}` : name;
  }
  if (entry.kind !== 'pick') return text('what');
  const grade = GRADES[text('grade') as Grade]?.() ?? '';
  return number('leaf_g') > 0 ? `${amountWords(number('leaf_g') / 1_000, 'kg', 1)} ${grade}` : grade;
}
