/** Every measure of the one-stop desk; criteria, dashboards, reports and the public page use these only. */
import type { Measure } from '#kernel/measures';
import { dossierMeasure, type DossierMeasure } from './dossier-measures.ts';
import {
  decided,
  digitised,
  dueSoon,
  early,
  electronicResult,
  filedOnline,
  granted,
  handledOnline,
  inProgress,
  late,
  onSchedule,
  onTime,
  overdue,
  received,
  refused,
  withdrawn,
  worked,
} from './dossier-parts.ts';
import { contentShare } from './satisfaction.ts';
import { usualTime } from './usual-time.ts';

/** The measures that count dossiers: tables can count these by group. */
export const DOSSIER_MEASURES: readonly DossierMeasure[] = [
  dossierMeasure({
    name: 'services.dossiers.received',
    title: { vi: 'Hồ sơ đã tiếp nhận', en: 'Dossiers received' },
    meaning: {
      vi: 'Số hồ sơ được Bộ phận Một cửa tiếp nhận, trực tuyến và tại quầy.',
      en: 'Dossiers received by the one-stop desk, online and at the counter.',
    },
    of: received,
  }),
  dossierMeasure({
    name: 'services.dossiers.filed_online_share',
    title: { vi: 'Tỷ lệ nộp trực tuyến', en: 'Share filed online' },
    meaning: {
      vi: 'Hồ sơ do người dân hoặc người được ủy quyền nộp qua mạng, trên tổng số hồ sơ đã tiếp nhận.',
      en: 'Dossiers filed online by citizens or their helpers, among all received.',
    },
    of: filedOnline,
    among: received,
  }),
  dossierMeasure({
    name: 'services.dossiers.online_share',
    title: { vi: 'Tỷ lệ giải quyết trực tuyến', en: 'Share handled online' },
    meaning: {
      vi: 'Hồ sơ được xử lý hoàn toàn trên môi trường điện tử (giấy tờ điện tử hoặc đã số hóa, kết quả không chỉ bằng giấy), trên tổng số hồ sơ đã tiếp nhận.',
      en: 'Dossiers handled wholly electronically (papers electronic or digitised, result not on paper only), among all received.',
    },
    of: handledOnline,
    among: received,
  }),
  dossierMeasure({
    name: 'services.dossiers.decided',
    title: { vi: 'Hồ sơ đã giải quyết', en: 'Dossiers decided' },
    meaning: {
      vi: 'Số hồ sơ đã có kết quả (chấp thuận hoặc từ chối).',
      en: 'Dossiers with a decision, granted or refused.',
    },
    of: decided,
  }),
  dossierMeasure({
    name: 'services.dossiers.on_time_share',
    title: { vi: 'Tỷ lệ đúng hạn', en: 'Share on time' },
    meaning: {
      vi: 'Hồ sơ có kết quả trong kỳ, trước hoặc đúng hạn, trên số hồ sơ đã giải quyết (QĐ 766/QĐ-TTg).',
      en: 'Dossiers decided by their due time, among those decided (Decision 766/QĐ-TTg).',
    },
    of: onTime,
    among: decided,
  }),
  dossierMeasure({
    name: 'services.dossiers.early_share',
    title: { vi: 'Tỷ lệ trước hạn', en: 'Share early' },
    meaning: {
      vi: 'Hồ sơ có kết quả trước ngày hẹn, trên số đã giải quyết.',
      en: 'Decided on a day before the day due, among those decided.',
    },
    of: early,
    among: decided,
  }),
  dossierMeasure({
    name: 'services.dossiers.late',
    title: { vi: 'Hồ sơ trả trễ hạn', en: 'Dossiers decided late' },
    meaning: { vi: 'Số hồ sơ có kết quả sau hạn.', en: 'Dossiers decided after their due time.' },
    of: late,
  }),
  dossierMeasure({
    name: 'services.dossiers.in_progress',
    title: { vi: 'Hồ sơ đang giải quyết', en: 'Dossiers in progress' },
    meaning: { vi: 'Số hồ sơ đã tiếp nhận và chưa kết thúc.', en: 'Dossiers received and not finished.' },
    of: inProgress,
  }),
  dossierMeasure({
    name: 'services.dossiers.overdue',
    title: { vi: 'Hồ sơ đang quá hạn', en: 'Dossiers overdue' },
    meaning: {
      vi: 'Số hồ sơ đang giải quyết mà đã quá hạn trả.',
      en: 'Dossiers in progress whose due time has passed.',
    },
    of: overdue,
  }),
  dossierMeasure({
    name: 'services.dossiers.withdrawn',
    title: { vi: 'Hồ sơ công dân rút', en: 'Dossiers withdrawn' },
    meaning: {
      vi: 'Số hồ sơ đã tiếp nhận mà người nộp xin rút.',
      en: 'Received dossiers withdrawn by the citizen.',
    },
    of: withdrawn,
  }),
  dossierMeasure({
    name: 'services.dossiers.refused',
    title: { vi: 'Hồ sơ bị từ chối', en: 'Dossiers refused' },
    meaning: {
      vi: 'Số hồ sơ đã có quyết định từ chối, kèm lý do và căn cứ pháp lý.',
      en: 'Dossiers decided with a refusal, which states its reason and its law.',
    },
    of: refused,
  }),
  dossierMeasure({
    name: 'services.dossiers.due_soon',
    title: { vi: 'Hồ sơ đến hạn trong 24 giờ', en: 'Dossiers due within 24 hours' },
    meaning: {
      vi: 'Số hồ sơ đang giải quyết mà hạn trả nằm trong 24 giờ tới.',
      en: 'Dossiers in progress whose due time lies within the next 24 hours.',
    },
    of: dueSoon,
    audience: 'staff',
  }),
  dossierMeasure({
    name: 'services.dossiers.progress_share',
    title: { vi: 'Tiến độ giải quyết', en: 'Progress on schedule' },
    meaning: {
      vi: 'Hồ sơ giải quyết đúng hạn trong kỳ và hồ sơ đang giải quyết còn trong hạn, trên tổng số hồ sơ đã giải quyết trong kỳ và đang giải quyết (QĐ 766/QĐ-TTg, nhóm tiến độ).',
      en: 'Decided in time or in progress and not overdue, among those decided in the period or in progress (Decision 766/QĐ-TTg, progress group).',
    },
    of: onSchedule,
    among: worked,
  }),
  dossierMeasure({
    name: 'services.dossiers.digitised_share',
    title: { vi: 'Tỷ lệ số hóa thành phần hồ sơ', en: 'Share digitised' },
    meaning: {
      vi: 'Hồ sơ mà mọi giấy tờ đều là bản điện tử hoặc đã số hóa, trên số hồ sơ đã tiếp nhận (QĐ 766/QĐ-TTg, nhóm số hóa).',
      en: 'Dossiers whose papers are all electronic or digitised, among all received (Decision 766/QĐ-TTg, digitisation group).',
    },
    of: digitised,
    among: received,
  }),
  dossierMeasure({
    name: 'services.dossiers.electronic_result_share',
    title: { vi: 'Tỷ lệ cấp kết quả điện tử', en: 'Share with an electronic result' },
    meaning: {
      vi: 'Hồ sơ được chấp thuận có kết quả điện tử, trên số hồ sơ được chấp thuận (QĐ 766/QĐ-TTg, nhóm số hóa).',
      en: 'Granted dossiers with an electronic result, among those granted (Decision 766/QĐ-TTg, digitisation group).',
    },
    of: electronicResult,
    among: granted,
  }),
];

export const MEASURES: readonly Measure[] = [...DOSSIER_MEASURES, usualTime, contentShare];

/** A measure over dossiers by its name within the room, such as `received`. @throws Error for another name */
export function dossierMeasureOf(name: string): DossierMeasure {
  const found = DOSSIER_MEASURES.find((measure) => measure.name === `services.dossiers.${name}`);
  if (!found) throw new Error(`no measure ${name}`);
  return found;
}
