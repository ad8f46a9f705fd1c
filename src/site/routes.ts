/**
 * Every page, once: its id and its address in each language.
 * Navigation, language switch, site map and the browser tests all read this table.
 */
import type { Links } from '../view/links.ts';
import { langs, type Lang } from '../view/messages/lang.ts';
import { isPinnedEdition, release } from './release.ts';

/** The columns of the list of pages at the foot. */
export const groups = ['read', 'try', 'use', 'site'] as const;

interface RouteShape {
  readonly id: string;
  readonly nl: string;
  readonly en: string;
  /** Where it is listed: in the header, or only in the list of pages at the foot. */
  readonly group: (typeof groups)[number] | 'none';
  readonly inHeader?: true;
  /** The page that it belongs to: named above its headline, and marked in the header. */
  readonly parent?: string;
  /**
   * No release keeps it: it asks the network, tells of this copy of the site, or hands out files that are always the
   * newest. What is kept links to the living page.
   */
  readonly livingOnly?: true;
}

const living = [
  { id: 'home', nl: '/', en: '/en/', group: 'none' },
  { id: 'memo', nl: '/notitie/', en: '/en/memo/', group: 'read', inHeader: true },
  {
    id: 'comparison',
    nl: '/vergelijking/',
    en: '/en/comparison/',
    group: 'read',
    inHeader: true,
  },
  {
    id: 'memo-table',
    nl: '/vergelijking/tabel/',
    en: '/en/comparison/table/',
    group: 'read',
    parent: 'comparison',
  },
  {
    id: 'defects',
    nl: '/vergelijking/fouten/',
    en: '/en/comparison/defects/',
    group: 'read',
    parent: 'comparison',
  },
  {
    id: 'designs',
    nl: '/vergelijking/ontwerpen/',
    en: '/en/comparison/designs/',
    group: 'read',
    parent: 'comparison',
  },
  { id: 'criteria', nl: '/criteria/', en: '/en/criteria/', group: 'read', inHeader: true },
  {
    id: 'since-2016',
    nl: '/sinds-2016/',
    en: '/en/since-2016/',
    group: 'read',
    inHeader: true,
  },
  {
    id: 'reassessment',
    nl: '/sinds-2016/herbeoordeling/',
    en: '/en/since-2016/reassessment/',
    group: 'read',
    parent: 'since-2016',
  },
  {
    id: 'how-it-works',
    nl: '/hoe-het-werkt/',
    en: '/en/how-it-works/',
    group: 'try',
    inHeader: true,
  },
  {
    id: 'council-brief',
    nl: '/raadsbrief/',
    en: '/en/council-brief/',
    group: 'read',
  },
  {
    id: 'check',
    nl: '/controle/',
    en: '/en/check/',
    group: 'use',
    inHeader: true,
    livingOnly: true,
  },
  {
    id: 'first-contact',
    nl: '/eerste-contact/',
    en: '/en/first-contact/',
    group: 'try',
  },
  { id: 'laws', nl: '/wat-altijd-geldt/', en: '/en/what-always-holds/', group: 'read' },
  {
    id: 'choices',
    nl: '/wat-altijd-geldt/keuzes/',
    en: '/en/what-always-holds/choices/',
    group: 'try',
    parent: 'laws',
  },
  { id: 'tools', nl: '/gereedschap/', en: '/en/tools/', group: 'use', livingOnly: true },
  { id: 'burden', nl: '/beheerlast/', en: '/en/burden/', group: 'try' },
  { id: 'embedding', nl: '/insluiten/', en: '/en/embedding/', group: 'use', livingOnly: true },
  { id: 'claims', nl: '/beweringen/', en: '/en/claims/', group: 'read' },
  { id: 'sources', nl: '/bronnen/', en: '/en/sources/', group: 'use' },
  { id: 'glossary', nl: '/begrippen/', en: '/en/glossary/', group: 'read' },
  { id: 'lesson', nl: '/les/', en: '/en/lesson/', group: 'use' },
  { id: 'corpus', nl: '/corpus/', en: '/en/corpus/', group: 'use', livingOnly: true },
  { id: 'data', nl: '/data/', en: '/en/data/', group: 'use', livingOnly: true },
  { id: 'library', nl: '/bibliotheek/', en: '/en/library/', group: 'use', livingOnly: true },
  { id: 'method', nl: '/methode/', en: '/en/method/', group: 'site' },
  { id: 'releases', nl: '/uitgaven/', en: '/en/releases/', group: 'site', livingOnly: true },
  { id: 'search', nl: '/zoeken/', en: '/en/search/', group: 'site', livingOnly: true },
  { id: 'about', nl: '/over/', en: '/en/about/', group: 'site' },
  { id: 'privacy', nl: '/privacy/', en: '/en/privacy/', group: 'site', livingOnly: true },
  {
    id: 'accessibility',
    nl: '/toegankelijkheid/',
    en: '/en/accessibility/',
    group: 'site',
    livingOnly: true,
  },
] as const satisfies readonly RouteShape[];

/** Where a page of this edition stands, by its address on the living site. */
const underRelease = (path: string): string => (isPinnedEdition ? `/v/${release}${path}` : path);

/** All pages, each where a link of this edition finds it. */
export const routes = living.map((route) =>
  'livingOnly' in route
    ? route
    : { ...route, nl: underRelease(route.nl), en: underRelease(route.en) },
);

export type PageId = (typeof living)[number]['id'];
export type Route = RouteShape & { readonly id: PageId; readonly parent?: PageId };

/** The newest of a page, in each language: where a pinned one leads. */
export const livingRouteOf = (id: PageId): Route =>
  living.find((route) => route.id === id) ?? routeOf(id);

/** An address as an article writes it, that of the living site, as the one of this edition. */
export function inThisEdition(address: string): string {
  const [path = ''] = address.split(/[?#]/, 1);
  const isKept = living.some(
    (route) => !('livingOnly' in route) && (route.nl === path || route.en === path),
  );
  return isKept ? underRelease(address) : address;
}

export const routeOf = (id: PageId): Route => {
  const route = routes.find((candidate) => candidate.id === id);
  if (!route) throw new Error(`no such page: ${id}`);
  return route;
};

/** The address of a page in a language. */
export const hrefOf = (id: PageId, lang: Lang): string => routeOf(id)[lang];

/** The addresses that widgets lead to, in a language. */
export const linksOf = (lang: Lang): Links => ({
  sources: hrefOf('sources', lang),
  memo: hrefOf('memo', lang),
});

/** Where the whole claim stands. */
export const hrefOfClaim = (id: string, lang: Lang): string => `${hrefOf('claims', lang)}#${id}`;

/** The path of the simulator, where every verdict can be opened. */
export const simulatorPath = (lang: Lang): string => hrefOf('how-it-works', lang);

/** The name of a parameter has no hyphen: `[...since2016].astro` has the page `since-2016`. */
const parameterOf = (id: string) => id.replace(/[-/]/g, '');

/** What Astro's `getStaticPaths` wants for a page file `[...<id>].astro`, or of another name: both languages. */
export const pathsOf = (page: PageId, parameter = parameterOf(page)) =>
  (isPinnedEdition && routeOf(page).livingOnly ? [] : langs).map((lang) => ({
    params: { [parameter]: hrefOf(page, lang).replace(/^\/|\/$/g, '') || undefined },
    props: { page },
  }));

/** Every embed: its id, the same in both languages, is that of the page that has the widget whole, or its own. */
export const embeds = [
  { id: 'simulator', page: 'how-it-works' },
  { id: 'check', page: 'check' },
  { id: 'story', page: 'first-contact' },
  { id: 'first-contact', page: 'first-contact' },
  { id: 'matrix', page: 'comparison' },
  { id: 'burden', page: 'burden' },
  { id: 'criteria', page: 'criteria' },
  { id: 'timeline', page: 'since-2016' },
  { id: 'laws', page: 'laws' },
  { id: 'home', page: 'home', figure: 'home' },
  { id: 'tracks', page: 'first-contact', figure: 'first-contact' },
  { id: 'scene', page: 'how-it-works', figure: 'simulator' },
  { id: 'chart', page: 'since-2016', figure: 'adoption-dane-domains' },
] as const satisfies readonly {
  readonly id: string;
  readonly page: PageId;
  /** Compact: it shows this figure and nothing to set, and fits in an article. */
  readonly figure?: string;
}[];

export type EmbedId = (typeof embeds)[number]['id'];

export const embedOf = (id: EmbedId) => {
  const embed = embeds.find((candidate) => candidate.id === id);
  if (!embed) throw new Error(`no such embed: ${id}`);
  return embed;
};

/** The address of an embed in a language. */
export const embedHref = (id: string, lang: Lang): string =>
  `${lang === 'nl' ? '' : '/en'}/embed/${id}/`;

/** The address of an embed that never changes again, in a language. */
export const pinnedHref = (id: string, lang: Lang): string => `/v/${release}${embedHref(id, lang)}`;

const embedPath = (page: string, href: (id: string, lang: Lang) => string, id = page) =>
  langs.map((lang) => ({
    params: { [parameterOf(`embed${page}`)]: href(id, lang).slice(1, -1) },
  }));

/** What `getStaticPaths` wants for `[...embed<page>].astro`: the live embed. */
export const livePathsOf = (page: string, id = page) =>
  isPinnedEdition ? [] : embedPath(page, embedHref, id);

/** The embeds that show one figure, and nothing to set. */
export const compactEmbeds = embeds.filter((embed) => 'figure' in embed);

/** What `getStaticPaths` wants for `[...embedcompact].astro`: all of them, live and pinned. */
export const compactPaths = () =>
  compactEmbeds.flatMap((embed) =>
    [...livePathsOf('compact', embed.id), ...embedPath('compact', pinnedHref, embed.id)].map(
      (path) => ({ ...path, props: { embed } }),
    ),
  );

/** The same, with the embed `id` pinned to its release (commands/releases/pin.ts). */
export const embedPathsOf = (page: string, id = page) => [
  ...livePathsOf(page),
  ...embedPath(page, pinnedHref, id),
];
