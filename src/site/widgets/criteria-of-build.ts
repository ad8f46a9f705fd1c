/** The memo's findings with the verdicts on its claims, as the weighing shows them in a language. */
import type { ShownFinding } from '../../view/criteria/weighing.ts';
import { formatDate } from '../../view/messages/dates.ts';
import type { Lang } from '../../view/messages/lang.ts';
import { factsOfBuild } from '../facts/facts.ts';
import { citedAs, verdictSigns, verdictWordsOf } from '../prose/ledger.ts';
import { hrefOf, hrefOfClaim } from '../routes.ts';

export function criteriaOfBuild(lang: Lang) {
  const facts = factsOfBuild();
  const { criteria } = facts;
  const claims = new Map(facts.claims.map((claim) => [claim.id, claim]));
  const findingOf = (id: string) => {
    const finding = criteria.findings.find((each) => each.id === id);
    if (!finding) throw new Error(`content/criteria.yaml: no finding "${id}"`);
    return finding;
  };
  const lastChecked =
    facts.claims
      .map(({ checked }) => checked.date)
      .sort()
      .at(-1) ?? '';
  return {
    findings: [
      ...criteria.first.map(findingOf),
      ...criteria.findings.filter(({ id }) => !criteria.first.includes(id)),
    ].map((finding, index): ShownFinding => ({
      id: finding.id,
      number: index + 1,
      isFirst: index < criteria.first.length,
      pulls: finding.pulls,
      text: finding.text[lang],
      ifWrong: finding.ifWrong[lang],
      claims: finding.claims.map((id) => {
        const claim = claims.get(id);
        if (!claim) throw new Error(`content/criteria.yaml: no claim "${id}"`);
        return {
          id,
          verdict: claim.verdict,
          says: verdictWordsOf(claim, lang),
          sign: verdictSigns[claim.verdict],
          short: claim.short[lang],
          later: claim.later[lang],
          sources: claim.sources
            .map(({ source, section }) => citedAs(source, section, lang))
            .join('; '),
          href: hrefOfClaim(id, lang),
        };
      }),
    })),
    carrying: criteria.carrying.map(findingOf).map(({ id }) => id),
    advice: { text: criteria.advice[lang], href: `${hrefOf('memo', lang)}#p11` },
    date: formatDate(lastChecked, lang),
  };
}
