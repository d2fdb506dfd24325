import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/errors';
import { attempt, typedOf } from './attempt.ts';
import { shortForm } from './short-form.ts';

const questions = [
  { kind: 'line', name: 'name', label: 'Tên', value: 'Cũ' },
  { kind: 'list', name: 'unit', label: 'Bộ phận', options: [{ value: 'a', label: 'A' }], optional: true },
  { kind: 'agree', name: 'public', label: 'Công khai', value: 'yes' },
] as const;
const spec = { id: 'add', action: '?/add', submit: 'Lưu', questions };

function locals(thrown?: unknown): App.Locals {
  const run = () => (thrown ? Promise.reject(thrown) : Promise.resolve());
  return { locale: 'vi', run } as unknown as App.Locals;
}

describe('a short form', () => {
  it('shows what stands in it at first', () => {
    const form = shortForm(spec);
    expect(form.errors).toEqual([]);
    expect(form.fields).toMatchObject([
      { id: 'add-name', value: 'Cũ', required: true },
      { kind: 'list', required: false, optional: expect.any(String) },
      { kind: 'agree', checked: true },
    ]);
  });

  it('comes back with everything typed, each fault at its field, and the rest at the form', async () => {
    const thrown = new AppError('input.invalid', 422, {}, { name: 'input.missing', week: 'input.bad_date' });
    const typed = { name: '', unit: 'a', extra: 'x' };
    const failure = await attempt(locals(thrown), 'add', typed, async () => undefined);
    expect(failure?.status).toBe(422);
    const form = shortForm({ ...spec, refused: failure?.data.refused });
    expect(form.fields).toMatchObject([
      { value: '', error: 'Chưa có thông tin này.' },
      { options: [{ value: 'a', checked: true }] },
      { checked: false },
    ]);
    expect(form.errors.map((error) => error.href)).toEqual(['#add-name', '#add']);
    expect(shortForm({ ...spec, id: 'other', refused: failure?.data.refused }).errors).toEqual([]);
  });

  it('says the refusal itself where no field is at fault', async () => {
    const failure = await attempt(
      locals(new AppError('commune.hamlet.ended', 409)),
      'add',
      {},
      async () => undefined,
    );
    const form = shortForm({ ...spec, refused: failure?.data.refused });
    expect(form.errors).toEqual([{ href: '#add', label: 'Xóm này đã kết thúc từ trước.' }]);
  });
});

describe('an action', () => {
  it('lets a missing right and our own faults through, to pages of their own', async () => {
    for (const thrown of [
      new AppError('refused', 403),
      new AppError('sign_in_needed', 401),
      new Error('ours'),
    ])
      await expect(attempt(locals(thrown), 'add', {}, async () => undefined)).rejects.toBe(thrown);
    expect(await attempt(locals(), 'add', {}, async () => undefined)).toBeUndefined();
  });

  it('reads texts only, and no more of them than anybody types', async () => {
    const body = new FormData();
    body.set('long', 'x'.repeat(100_000));
    body.set('file', new File(['x'], 'x.txt'));
    const typed = await typedOf(new Request('http://x.invalid', { method: 'POST', body }));
    expect(Object.keys(typed)).toEqual(['long']);
    expect(typed.long).toHaveLength(20_000);
  });
});
