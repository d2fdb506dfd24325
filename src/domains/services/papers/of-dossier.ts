/** What every paper of a dossier has: head, dossier, whom to ask, who signs. */
import { communeSettings, listHamlets } from '#domain/commune';
import { listOfficials } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { formatPhone } from '#kernel/phone';
import { localDateOf } from '#kernel/time';
import type { Loaded } from '../dossier/record.ts';
import type { ProcedureVersion } from '../procedure.ts';
import type { PaperDossier, PaperHead, PaperSigner } from './head.ts';
import type { PaperContact } from './slips.ts';

/** The desk's name: since 1/7/2025 communes have a centre (NĐ 118/2025/NĐ-CP). */
export function deskName({ layer }: Pick<ProcedureVersion, 'layer'>): string {
  return layer === 'L1' ? 'Bộ phận Tiếp nhận và Trả kết quả' : 'Trung tâm Phục vụ hành chính công';
}

export function paperHead(ctx: Ctx, { procedure }: Pick<Loaded, 'procedure'>, issuedAt: Date): PaperHead {
  return {
    authority: `UBND xã ${ctx.commune.name}`,
    desk: deskName(procedure),
    number: null,
    place: ctx.commune.name,
    issuedAt,
    demo: ctx.commune.demo,
  };
}

export async function paperDossier(ctx: Ctx, { row, procedure }: Loaded): Promise<PaperDossier> {
  const hamlets = await listHamlets(ctx, { on: 'ever' });
  const hamlet = hamlets.find(({ id }) => id === row.hamlet_id);
  return {
    code: row.code,
    procedure: procedure.name.vi,
    applicant: {
      name: row.applicant_name,
      address: hamlet ? `Xóm ${hamlet.name}, xã ${ctx.commune.name}` : null,
      phone: row.applicant_phone && formatPhone(row.applicant_phone),
      email: null,
    },
  };
}

/** The official who handles it, or the office: whoever can answer. Null where no number is known. */
export async function paperContact(ctx: Ctx, { row, procedure }: Loaded): Promise<PaperContact | null> {
  const officials = await listOfficials(ctx, 'ever');
  const official = officials.find(({ id }) => id === row.assignee_id);
  if (official?.phone)
    return { name: `${official.fullName} (${official.post})`, phone: formatPhone(official.phone) };
  const { phone } = await communeSettings(ctx);
  return phone ? { name: deskName(procedure), phone: formatPhone(phone) } : null;
}

/** The first of the commune's leaders in office today. */
export async function leadersSignature(ctx: Ctx): Promise<PaperSigner> {
  const officials = await listOfficials(ctx, localDateOf(ctx.now));
  const leader = officials.find(({ unit }) => unit === 'leaders');
  return {
    above: ['TM. ỦY BAN NHÂN DÂN'],
    title: (leader?.post ?? 'Chủ tịch').replace(/ (Ủy ban nhân dân|UBND).*$/u, ''),
    name: leader?.fullName ?? null,
  };
}
