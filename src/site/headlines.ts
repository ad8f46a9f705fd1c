/** What a page concludes, where that is counted when the site is built; of other pages the article says it. */
import type { Lang } from '../view/messages/lang.ts';
import { factsOfBuild } from './facts/facts.ts';
import { t } from './messages.ts';
import { claimsWith } from './prose/ledger.ts';
import { simulatorPath, type PageId } from './routes.ts';
import { rowsWith } from './show/memo-rows.ts';
import { exposedBy, figureMatrix } from './widgets/matrix-of-build.ts';

export const headlines: Readonly<Partial<Record<PageId, (lang: Lang) => string>>> = {
  claims: (lang) => {
    const nuanced = claimsWith('SN');
    const supported = claimsWith('S') + nuanced;
    return t(lang, 'show.claims.headline', { supported, all: claimsWith(), nuanced });
  },
  comparison: (lang) => {
    const matrix = figureMatrix('first-contact', 'all', simulatorPath(lang));
    const attackers = matrix.rows.length;
    const exposed = exposedBy(matrix);
    return t(lang, 'matrix.figure.headline', {
      attackers,
      dane: attackers - (exposed.get('dane') ?? 0),
      sts: attackers - (exposed.get('mta-sts') ?? 0),
    });
  },
  glossary: (lang) => t(lang, 'show.glossary.headline', { count: factsOfBuild().glossary.length }),
  'memo-table': (lang) =>
    t(lang, 'show.table.headline', { con: rowsWith('CON'), ns: rowsWith('NS') }),
  sources: (lang) => t(lang, 'show.sources.headline', { count: factsOfBuild().sources.size }),
};
