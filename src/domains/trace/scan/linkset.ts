/** What a Digital Link of ours leads to, by kind (GS1 Digital Link: resolution; linkset of RFC 9264). Pure. */
import { localizeHref } from '#i18n/runtime';
import type { Locale } from '#kernel/context';

export type Target = {
  /** Of the GS1 web vocabulary. */
  linkType: string;
  path: string;
  title: Record<Locale, string>;
  type: string;
  languages: readonly Locale[];
};

const GS1 = 'https://gs1.org/voc/';
const HTML = 'text/html';

/** @param path the link's own path `/01/…/10/…` @param lot for looking it up in the log @param locale of the pages led to */
export function targetsOf({ path, lot }: { path: string; lot: string }, locale: Locale = 'vi'): Target[] {
  const both: readonly Locale[] = ['vi', 'en'];
  const page = (linkType: string, vi: string, en: string): Target => ({
    linkType,
    path,
    title: { vi, en },
    type: HTML,
    languages: both,
  });
  const code = encodeURIComponent(lot);
  return [
    page('pip', 'Trang của gói chè', 'Page of this tea'),
    page('certificationInfo', 'Giấy chứng nhận', 'Certificates'),
    page('recallStatus', 'Tình trạng thu hồi', 'Recall status'),
    {
      linkType: 'traceability',
      path: `${localizeHref('/trace/log/check', { locale })}?ma=${code}`,
      title: { vi: 'Tự kiểm chứng nguồn gốc', en: 'Check the origin yourself' },
      type: HTML,
      languages: both,
    },
    {
      linkType: 'epcis',
      path: `/api/epcis/v2/events?MATCH_anyEPCClass=${encodeURIComponent(`https://id.gs1.org${path.replace(/\/21\/.*$/, '')}`)}`,
      title: { vi: 'Sự kiện EPCIS', en: 'EPCIS events' },
      type: 'application/ld+json',
      languages: both,
    },
    {
      linkType: 'leaveReview',
      path: `${localizeHref('/trace/feedback', { locale })}?lo=${encodeURIComponent(path)}`,
      title: { vi: 'Gửi ý kiến cho người làm chè', en: 'Write to the tea maker' },
      type: HTML,
      languages: both,
    },
  ];
}

/** The linkset as JSON (RFC 9264, 4.2). @param origin of this resolver */
export function linksetOf(origin: string, path: string, lot: string, locale: Locale): unknown {
  const targets = targetsOf({ path, lot }, locale);
  const links = targets.map(({ linkType, path: to, title, type, languages }) => [
    `${GS1}${linkType}`,
    [{ href: origin + to, title: title[locale], type, hreflang: [...languages] }],
  ]);
  const home = [
    { href: origin + path, title: targets[0]!.title[locale], type: HTML, hreflang: ['vi', 'en'] },
  ];
  return { linkset: [{ anchor: origin + path, [`${GS1}defaultLink`]: home, ...Object.fromEntries(links) }] };
}

/**
 * What a question for a kind of link means: the page itself, the linkset, or a redirect. Unknown kinds get the page.
 * @param asked `linkType` of the address: `gs1:pip`, `linkset`, `all` … @param accepted the Accept header
 */
export function resolve(
  asked: string | null,
  accepted: string,
  link: { path: string; lot: string },
  locale: Locale = 'vi',
): { kind: 'page' | 'linkset' } | { kind: 'redirect'; to: string } {
  const wanted = asked?.replace(/^(?:gs1:|https:\/\/(?:ref\.)?gs1\.org\/voc\/)/, '') ?? null;
  if (wanted === 'linkset' || wanted === 'all') return { kind: 'linkset' };
  if (wanted === null)
    return {
      kind:
        /\bapplication\/(?:linkset\+)?json\b/.test(accepted) && !accepted.includes(HTML) ? 'linkset' : 'page',
    };
  const target = targetsOf(link, locale).find(({ linkType }) => linkType === wanted);
  return target && target.path !== link.path ? { kind: 'redirect', to: target.path } : { kind: 'page' };
}
