/** The laws and what was found, for the page; and how it names what they are about. */
import type { LawId } from '../../world/laws/law.ts';
import type { ProtectionId } from '../../world/laws/rows.ts';
import { localeOf, type Lang } from '../../view/messages/lang.ts';
import {
  lawOrder,
  protectionWord,
  setWords,
  type Cell,
  type PowerId,
  type ResultRow,
} from '../../view/laws/table.ts';
import { levelId, levels } from '../../view/laws/game.ts';
import { parOf } from '../../view/laws/par.ts';
import { contentOfBuild, keptForBuild } from '../content.ts';
import { has, t } from '../messages.ts';
import { lawResultsSchema, lawsSchema } from '../schemas/laws.ts';

export const lawsOfBuild = keptForBuild(() => ({
  laws: contentOfBuild('laws.yaml', lawsSchema),
  results: contentOfBuild('laws/results.json', lawResultsSchema),
}));

/** Those that stand in the table, in its order. */
export const lawsInOrder = () =>
  lawOrder.flatMap((id) => lawsOfBuild().laws.laws.filter((law) => law.id === id));

/** Par of each level of the game, by its id. */
export const parsOfBuild = keptForBuild(() =>
  Object.fromEntries(levels.map((level) => [levelId(level), parOf(level) ?? null])),
);

/** The laws that say what a claim of the memo says, or the opposite; but for the check on ourselves they stand in the table. */
export const lawsOfClaim = (claim: string) =>
  lawsOfBuild().laws.laws.filter(({ claims }) => claims.includes(claim));

export const lawNameIn =
  (lang: Lang) =>
  (id: LawId): string =>
    lawsOfBuild().laws.laws.find((law) => law.id === id)?.name[lang] ?? id;

/** `a, b or c`. */
export const orOf = (parts: readonly string[], lang: Lang): string =>
  new Intl.ListFormat(localeOf[lang], { type: 'disjunction' }).format(parts);
/** `a, b and c`. */
export const andOf = (parts: readonly string[], lang: Lang): string =>
  new Intl.ListFormat(localeOf[lang], { type: 'conjunction' }).format(parts);

export const protectionName = (protection: ProtectionId, lang: Lang): string =>
  t(lang, protectionWord(protection));

function profileName(profile: string, lang: Lang): string {
  const key = `knob.profile.${profile}`;
  if (!has(lang, key)) throw new Error(`content/messages: no "${key}"`);
  return t(lang, key);
}

/** The protection, and what differs from one mail server and from a sender that follows the text. */
export const rowName = ({ protection, scope, profile }: ResultRow, lang: Lang): string =>
  [
    protectionName(protection, lang),
    ...(scope === 'base' ? [] : [t(lang, `laws.scope.${scope}`)]),
    ...(profile === 'strict' ? [] : [profileName(profile, lang)]),
  ].join(' · ');

/** Short, for cells and columns; `content/laws.yaml` says what each one is. */
export const powerName = (id: PowerId, lang: Lang): string => t(lang, `laws.power.${id}`);

/** All of them together: `be on the line + block answers`. */
export const setName = (set: readonly PowerId[], lang: Lang): string =>
  setWords(set, (key, args) => t(lang, key, args));

export const setsName = (sets: readonly (readonly PowerId[])[], lang: Lang): string =>
  orOf(
    sets.map((set) => setName(set, lang)),
    lang,
  );

function whyNone(law: LawId, lang: Lang): string {
  const key = `laws.none.${law}`;
  return has(lang, key) ? t(lang, key) : '';
}

/** A cell in words: what it says, and its ground. */
export function sayCell(
  cell: Cell,
  law: LawId,
  lang: Lang,
): { readonly word: string; readonly why: string } {
  switch (cell.kind) {
    case 'always':
      return {
        word: t(lang, 'laws.cell.always'),
        why: t(lang, law === 'no-self-harm' ? 'laws.cell.plan.why' : 'laws.cell.always.why'),
      };
    case 'while': {
      const names = cell.powers.map((id) => powerName(id, lang));
      return {
        word: t(lang, 'laws.cell.while'),
        why: t(lang, 'laws.cell.while.why', { powers: orOf(names, lang) }),
      };
    }
    case 'never':
      return {
        word: t(lang, 'laws.cell.never'),
        why: t(lang, 'laws.cell.never.why', {
          sets: setsName(cell.sets, lang),
          days: cell.days,
        }),
      };
    case 'harmed':
      return {
        word: t(lang, 'laws.cell.never'),
        why: t(lang, 'laws.cell.harmed.why', { plan: t(lang, `laws.plan.${cell.plan}`) }),
      };
    case 'none':
      return { word: t(lang, 'laws.cell.none'), why: whyNone(law, lang) };
  }
}
