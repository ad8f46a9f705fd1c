/** What this site knows of claims and data, in the words of schema.org: for search engines and for who counts checks. */
import type { Lang } from '../../view/messages/lang.ts';
import { addressOf, operator } from '../inputs.ts';
import { t } from '../messages.ts';
import { verdictWordsOf } from '../prose/ledger.ts';
import { release } from '../release.ts';
import { hrefOf, hrefOfClaim, type PageId } from '../routes.ts';
import { dataFiles, licenceAddress } from './data-files.ts';
import { factsOfBuild } from './facts.ts';

type Thing = Readonly<Record<string, unknown>>;

/** What a page is, in a data block, which no browser runs. What is not known is left out. */
export function dataOf(thing: Thing): string {
  const json = JSON.stringify({ '@context': 'https://schema.org', ...thing })
    // `</script>` in a text would end the block.
    .replaceAll('<', '\\u003c');
  return `<script type="application/ld+json">${json}</script>`;
}

const publisher = (): Thing | undefined => {
  const { name } = operator();
  return name === '' ? undefined : { '@type': 'Organization', name };
};

/**
 * A review of each claim that sources can settle. Opinions and forecasts are left out: nobody can rate them true. The rating
 * is a word, for "not found" is no place between true and false.
 */
function claimReviewsOf(lang: Lang): Thing {
  const { claims, sources } = factsOfBuild();
  const memo = sources.get('memo');
  return {
    '@graph': claims
      .filter(({ verdict, kind }) => verdict !== 'OP' && kind === 'fact')
      .map((claim) => ({
        '@type': 'ClaimReview',
        url: addressOf(hrefOfClaim(claim.id, lang)),
        claimReviewed: claim.text[lang],
        datePublished: claim.checked.date,
        inLanguage: lang,
        author: publisher(),
        reviewRating: { '@type': 'Rating', alternateName: verdictWordsOf(claim, lang) },
        itemReviewed: {
          '@type': 'Claim',
          datePublished: memo?.date,
          appearance: { '@type': 'CreativeWork', name: memo?.title, url: memo?.address },
        },
      })),
  };
}

/** The files of data as a catalogue of data sets. */
const catalogueOf = (lang: Lang): Thing => ({
  '@type': 'DataCatalog',
  name: `${t(lang, 'site.title')}: ${t(lang, 'page.data')}`,
  url: addressOf(hrefOf('data', lang)),
  publisher: publisher(),
  dataset: dataFiles().map(({ id, path, date }) => ({
    '@type': 'Dataset',
    name: t(lang, `data.of.${id}`),
    description: `${t(lang, `data.of.${id}`)}. ${t(lang, 'site.title')}, ${release}.`,
    license: licenceAddress,
    version: release,
    dateModified: date,
    isAccessibleForFree: true,
    creator: publisher(),
    distribution: {
      '@type': 'DataDownload',
      contentUrl: addressOf(path),
      encodingFormat: 'application/json',
    },
  })),
});

/** What a page is beside an article. */
export const alsoOf = (page: PageId, lang: Lang): readonly Thing[] =>
  page === 'claims' ? [claimReviewsOf(lang)] : page === 'data' ? [catalogueOf(lang)] : [];
