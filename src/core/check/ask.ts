/** The check wants the proof beside the answer. */
import type { LookupAsk } from '../ask.ts';
import type { ValidatedLookup } from '../dnssec/validate.ts';

export interface ProvedLookupAsk extends Omit<LookupAsk, 'ask'> {
  readonly ask: 'proved-lookup';
}

declare module '../ask.ts' {
  interface Asks {
    'proved-lookup': { ask: ProvedLookupAsk; answer: ValidatedLookup };
  }
}
