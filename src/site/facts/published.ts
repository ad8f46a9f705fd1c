/** The facts as others read them: `/data/claims.json`, `/data/sources.json`, and their JSON schemas. */
import { hrefOf } from '../routes.ts';
import { clausesFrom } from './clauses.ts';
import { runs } from './runs.ts';
import type { Facts } from './read.ts';

export interface Origin {
  /** Where this copy is served; undefined when the builder did not say. */
  readonly site: string | undefined;
  readonly release: string;
}

const at = (origin: Origin, path: string): string =>
  origin.site === undefined ? path : new URL(path, origin.site).href;

/** How to repeat a run: a scenario of the corpus, or a parse or computation with its input. */
function runOf(facts: Facts, id: string | null) {
  if (id === null) return {};
  if (facts.scenarios.has(id)) return { runKind: 'scenario' };
  const run = runs[id];
  return run ? { runKind: run.kind, runInput: run.input } : {};
}

/** All claims, each with its verdict, its sources with sections, and its run or why it has none. */
export const publishedClaims = (facts: Facts, origin: Origin) =>
  facts.claims.map((claim) => ({
    id: claim.id,
    address: {
      nl: at(origin, `${hrefOf('claims', 'nl')}#${claim.id}`),
      en: at(origin, `${hrefOf('claims', 'en')}#${claim.id}`),
    },
    release: origin.release,
    place: claim.places[0],
    places: claim.places,
    quotation: claim.quotation,
    checked: claim.checked,
    text: claim.text,
    kind: claim.kind,
    verdict: claim.verdict,
    ...(claim.inPart && { inPart: true }),
    says: claim.says,
    then: claim.then,
    sources: claim.sources,
    later: claim.later,
    run: claim.run,
    ...runOf(facts, claim.run),
    ...(claim.shows && { shows: claim.shows }),
    notRunnableBecause: claim.notRunnableBecause ?? null,
  }));

/** All sources; a section says which rules of this site it states, and in which words (`rules`). */
export const publishedSources = (facts: Facts, origin: Origin) =>
  [...facts.sources.values()].map((source) => ({
    ...source,
    sections: Object.fromEntries(
      Object.entries(source.sections).map(([number, section]) => {
        const own = clausesFrom(facts, source.id, number).flatMap(({ rules, words }) =>
          rules.map((rule) => [rule, words] as const),
        );
        return [number, { ...section, ...(own.length > 0 && { rules: Object.fromEntries(own) }) }];
      }),
    ),
    page: {
      nl: at(origin, `${hrefOf('sources', 'nl')}#${source.id}`),
      en: at(origin, `${hrefOf('sources', 'en')}#${source.id}`),
    },
    release: origin.release,
  }));

const text = { type: 'string', minLength: 1 } as const;
const bilingual = {
  type: 'object',
  required: ['nl', 'en'],
  properties: { nl: text, en: text },
} as const;
const checked = {
  type: 'object',
  required: ['sha256', 'date'],
  properties: {
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    date: { type: 'string', format: 'date' },
  },
} as const;
const place = {
  type: 'object',
  required: ['source', 'section'],
  properties: { source: text, section: text, quote: text, checked },
} as const;
const draft = 'https://json-schema.org/draft/2020-12/schema';

export const claimsJsonSchema = {
  $schema: draft,
  title: 'Claims of the memo FS 160608.3D, checked',
  type: 'array',
  items: {
    type: 'object',
    required: [
      'id',
      'place',
      'quotation',
      'checked',
      'text',
      'kind',
      'verdict',
      'says',
      'then',
      'sources',
      'later',
      'run',
      'notRunnableBecause',
    ],
    properties: {
      id: { type: 'string', pattern: '^C[0-9]{2}$' },
      address: bilingual,
      release: text,
      place: text,
      places: { type: 'array', minItems: 1, items: text },
      quotation: { type: 'array', minItems: 1, items: text },
      checked,
      text: bilingual,
      kind: { enum: ['fact', 'norm', 'forecast'] },
      verdict: {
        enum: ['S', 'SN', 'NS', 'CON', 'OP'],
        description:
          'S supported, SN supported with nuance, NS not supported, CON contradicted, OP opinion or forecast',
      },
      inPart: {
        type: 'boolean',
        description: 'The verdict holds for a part of the sentence only; `then` says for which',
      },
      says: { enum: ['memo', 'source', 'site'] },
      then: bilingual,
      sources: { type: 'array', minItems: 1, items: place },
      later: {
        type: 'object',
        required: ['nl', 'en', 'sources', 'confidence'],
        properties: {
          nl: text,
          en: text,
          sources: { type: 'array', items: place },
          confidence: { enum: ['V', 'V2'] },
        },
      },
      run: { type: ['string', 'null'] },
      runKind: { enum: ['scenario', 'parse', 'computation'] },
      runInput: text,
      shows: {
        type: 'object',
        required: ['nl', 'en'],
        properties: { nl: text, en: text, outcome: text, verdict: text, belief: text },
      },
      notRunnableBecause: { anyOf: [bilingual, { type: 'null' }] },
    },
  },
} as const;

export const sourcesJsonSchema = {
  $schema: draft,
  title: 'Sources of this site',
  type: 'array',
  items: {
    type: 'object',
    required: [
      'id',
      'title',
      'short',
      'kind',
      'date',
      'status',
      'publisher',
      'address',
      'read',
      'confidence',
      'sections',
    ],
    properties: {
      id: text,
      title: text,
      short: bilingual,
      kind: text,
      date: { type: ['string', 'null'] },
      status: bilingual,
      publisher: text,
      address: text,
      sectionAddress: text,
      read: { enum: ['whole', 'excerpt'] },
      confidence: { enum: ['V', 'V2', 'own'] },
      note: bilingual,
      rebuttedBy: text,
      text: {
        type: 'object',
        required: ['names', 'from', 'sha256', 'checkedOn'],
        properties: {
          names: { type: 'array', items: text },
          from: text,
          sha256: checked.properties.sha256,
          checkedOn: checked.properties.date,
        },
      },
      sections: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          required: ['heading'],
          properties: {
            heading: text,
            clause: text,
            rules: { type: 'object', additionalProperties: text },
          },
        },
      },
      page: bilingual,
      release: text,
    },
  },
} as const;
