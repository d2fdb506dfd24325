/**
 * The frame around every page: the words and links that the two shells show. It turns what the commune
 * and the session know (`Site`) into worded props, so that `ui` needs no messages and no addresses.
 */
import { m } from '#i18n/messages';
import { getLocale, localizeHref } from '#i18n/runtime';
import type { Link, NavItem } from '#ui/types.ts';
import { readAddress } from './urls.ts';

/** What the frame needs to know of the commune and of the reader; filled by the root's load. */
export type Site = {
  /** "xã Tức Tranh", as it is written after "Ủy ban nhân dân". */
  name: string;
  /** What the commune belongs to: "Phú Lương, Thái Nguyên". */
  place?: string;
  demo: boolean;
  /** Said over every page of a commune that became part of another one. */
  closed?: string;
  /** Lines such as "Thứ Hai đến thứ Sáu: 07:30–11:30, 13:30–17:00", in the reader's language. */
  hours: string[];
  address?: string;
  phone?: string;
  email?: string;
  reader?: Reader;
};

/** Who is signed in, as far as the frame shows it. */
export type Reader = { name: string; role?: string; unread: number };

/** The page that is being shown. `path` is the public address with its query. */
export type Place = { path: string; large: boolean };

/** What the reader may open besides the public pages. */
export type Rooms = { staff: NavItem[]; account: NavItem[] };

type Entry = { href: string; label: string };

/** The room's own path behind a public address, without its query. */
function innerOf(address: string): string {
  return readAddress((address.split('?')[0] ?? '').replace(/\/+$/, '') || '/').inner;
}

/** Marks the entry whose page is open, or the nearest above it in its room; under the home page stands everything. */
function marked<T extends Entry>(entries: T[], path: string): (T & { current: boolean })[] {
  const open = innerOf(path);
  const above = entries
    .map(({ href }) => innerOf(href))
    .filter((own) => open === own || (own !== '/' && open.startsWith(`${own}/`)));
  const nearest = above.toSorted((a, b) => b.length - a.length)[0];
  return entries.map((entry) => ({ ...entry, current: innerOf(entry.href) === nearest }));
}

function publicLinks() {
  return {
    home: { href: localizeHref('/'), label: m.app_nav_home() },
    procedures: { href: localizeHref('/services/procedures'), label: m.app_nav_procedures() },
    track: { href: localizeHref('/services/track'), label: m.app_nav_track() },
    directory: { href: localizeHref('/registry/officials'), label: m.app_nav_directory() },
    figures: { href: localizeHref('/services/figures'), label: m.app_nav_figures() },
    news: { href: localizeHref('/commune/announcements'), label: m.app_nav_announcements() },
    mine: { href: localizeHref('/services/mine'), label: m.app_nav_mine() },
    hours: { href: localizeHref('/commune/hours'), label: m.app_nav_hours() },
    check: { href: localizeHref('/services/check'), label: m.app_nav_check() },
    house: { href: localizeHref('/places/address'), label: m.places_find_title() },
    works: { href: localizeHref('/places/works'), label: m.places_works_title() },
    producers: { href: localizeHref('/producers'), label: m.producers_public_title() },
    tea: { href: localizeHref('/farming'), label: m.farming_land_title() },
    progress: { href: localizeHref('/criteria'), label: m.criteria_title() },
    published: { href: localizeHref('/office/publications'), label: m.app_nav_published() },
    week: { href: localizeHref('/office/week'), label: m.office_week_title() },
  };
}

/** The same page in the other language, and the large-text switch. */
function readerSwitches(place: Place) {
  const other = getLocale() === 'vi' ? 'en' : 'vi';
  return {
    language: {
      href: localizeHref(place.path, { locale: other }),
      lang: other,
      short: other.toUpperCase(),
      label: m.app_language_other(),
    },
    text: { action: '/?/text', back: place.path, large: place.large, label: m.app_text_size() },
  };
}

function account(site: Site) {
  return site.reader
    ? { href: localizeHref('/identity'), label: site.reader.name, icon: 'person' as const }
    : { href: localizeHref('/identity/sign-in'), label: m.app_nav_sign_in(), icon: 'person' as const };
}

/** Of the unread notices no more is said than that there are many. */
const MOST_TOLD = 99;

function bell(site: Site) {
  const { unread = 0 } = site.reader ?? {};
  if (!site.reader) return undefined;
  const count = unread > MOST_TOLD ? `${MOST_TOLD}+` : String(unread);
  const label = unread > 0 ? m.app_bell_unread({ count }) : m.app_bell();
  return { href: localizeHref('/notifications'), label, ...(unread > 0 && { count }) };
}

function contacts(site: Site) {
  const lines = [];
  if (site.address) lines.push({ icon: 'pin' as const, label: m.app_footer_address(), value: site.address });
  if (site.phone)
    lines.push({
      icon: 'phone' as const,
      label: m.app_footer_phone(),
      value: site.phone,
      href: `tel:${site.phone.replaceAll(/[^+\d]/g, '')}`,
    });
  if (site.email)
    lines.push({
      icon: 'mail' as const,
      label: m.app_footer_email(),
      value: site.email,
      href: `mailto:${site.email}`,
    });
  return lines;
}

/** The site map at the foot of every page, the most asked for first. */
function footerLinks(to: ReturnType<typeof publicLinks>) {
  const desk = [to.procedures, to.track, to.mine, to.check, to.directory, to.hours, to.news, to.figures];
  return [...desk, to.house, to.works, to.producers, to.tea, to.progress, to.published, to.week];
}

/** Props of `PublicShell`, but for its children. */
export function publicFrame(site: Site, place: Place, rooms: Rooms) {
  const to = publicLinks();
  const thumb = [
    { ...to.home, icon: 'home' as const },
    { ...to.procedures, icon: 'list' as const },
    { ...to.track, icon: 'dossier' as const, label: m.app_nav_track_short() },
    { ...account(site), label: site.reader ? m.app_nav_account() : m.app_nav_sign_in() },
  ];
  const atHome = innerOf(place.path) === '/';
  return {
    office: { kicker: m.app_office_kicker(), name: site.name, place: site.place, home: to.home.href },
    banner: site.closed ?? (site.demo ? m.app_demo_banner() : undefined),
    skipLabel: m.app_skip_to_content(),
    navLabel: m.app_nav_label(),
    nav: marked([to.procedures, to.track, to.directory, to.news, to.figures], place.path),
    desk: rooms.staff[0] && { ...rooms.staff[0], label: m.app_nav_desk(), icon: 'office' as const },
    bell: bell(site),
    account: account(site),
    ...readerSwitches(place),
    search: atHome ? undefined : searchBox(to.procedures.href),
    thumb: marked(thumb, place.path),
    footer: {
      hoursTitle: m.app_footer_hours(),
      hours: site.hours,
      contactTitle: m.app_footer_contact(),
      contacts: contacts(site),
      linksTitle: m.app_footer_links(),
      links: footerLinks(to),
      fine: [m.app_footer_source()],
    },
  };
}

function searchBox(action: string) {
  return {
    action,
    name: 'q',
    label: m.app_search_label(),
    button: m.app_search_button(),
    placeholder: m.app_search_placeholder(),
  };
}

/**
 * Props of `StaffShell`, but for its children.
 * @param crumbs where the page stands, the page itself last
 */
export function staffFrame(site: Site, place: Place, rooms: Rooms, crumbs: Link[]) {
  return {
    office: { kicker: m.app_office_kicker(), name: site.name, home: localizeHref('/services/staff') },
    banner: site.closed ?? (site.demo ? m.app_demo_banner() : undefined),
    skipLabel: m.app_skip_to_content(),
    navLabel: m.app_staff_nav_label(),
    rail: [{ label: m.app_staff_rooms(), items: marked(rooms.staff, place.path) }],
    crumbsLabel: m.app_staff_crumbs_label(),
    crumbs,
    search: {
      action: localizeHref('/services/staff'),
      name: 'q',
      label: m.app_staff_search_label(),
      button: m.app_search_button(),
      placeholder: m.app_staff_search_placeholder(),
    },
    bell: bell(site),
    user: {
      name: site.reader?.name ?? '',
      role: site.reader?.role ?? '',
      menu: [
        ...rooms.account,
        { href: localizeHref('/'), label: m.app_staff_public_site(), icon: 'home' as const },
      ],
      signOut: { action: `${localizeHref('/identity/sign-in')}?/signOut`, label: m.app_staff_sign_out() },
    },
    ...readerSwitches(place),
  };
}
