/**
 * A world that gives recorded answers again, at the time of the recording: a report can be made from
 * them as from live ones. What was not recorded counts as a lookup that failed, never as absent.
 * A recording also goes into a link and comes out of one: JSON, deflated, in base64url.
 */
import {
  withoutProof,
  formatRecording,
  parseRecording,
  type Recording,
} from '../core/check/recording.ts';
import type { AllAsk, Ask } from '../core/ask.ts';
import { inspect } from '../core/check/inspect.ts';
import type { Report } from '../core/check/report.ts';
import type { ValidatedLookup } from '../core/dnssec/validate.ts';
import { formatBase64Url, parseBase64Url } from '../core/dns/octets.ts';
import { throughBounded } from './bounds.ts';
import { run, type Answered, type World } from './run.ts';

/** A world that answers `lookup`, `proved-lookup` and `now` from a recording; what it lacks counts as failed. */
export function recordedWorld({ lookups, atSeconds }: Recording): World {
  const known = new Map(lookups.map((each) => [`${each.name}/${each.type}`, each]));
  return {
    answer(question: Exclude<Ask, AllAsk>): Answered {
      if (question.ask === 'now') return { answer: atSeconds };
      if (question.ask !== 'lookup' && question.ask !== 'proved-lookup')
        throw new Error(`a recording does not answer "${question.ask}"`);
      const lookup = known.get(`${question.name}/${question.type}`) ?? unrecorded(question);
      return { answer: question.ask === 'lookup' ? lookup.answer : lookup };
    },
  };
}

const unrecorded = ({ name, type }: Pick<ValidatedLookup, 'name' | 'type'>): ValidatedLookup =>
  withoutProof({
    ...{ name, type, security: 'indeterminate', reason: 'dnssec.not-fetched' },
    answer: { kind: 'failed', why: 'indeterminate' },
  });

/** The report that these answers make. */
export const reportOfRecording = (recording: Recording): Report =>
  run(inspect(recording.domain), recordedWorld(recording)).result;

/** No recording is larger than this when it is unpacked: a link may be a bomb. */
const octetsMost = 500_000;

/** Of the link: what deflate made of octets that cannot be made smaller, in base64. */
const linkCharactersMost = 700_000;

/** A recording as text for a link: JSON, deflated, in base64url; `unpackRecording` reads it back. */
export async function packRecording(recording: Recording): Promise<string> {
  const json = new TextEncoder().encode(formatRecording(recording));
  const packed = await throughBounded(json, new CompressionStream('deflate-raw'), octetsMost);
  if (packed === undefined) throw new Error('a recording of ours is never that large');
  return formatBase64Url(packed);
}

/** Undefined where it is no recording of ours, or is damaged. */
export async function unpackRecording(text: string): Promise<Recording | undefined> {
  if (text.length > linkCharactersMost) return undefined;
  const octets = parseBase64Url(text);
  if (octets === undefined) return undefined;
  try {
    const json = await throughBounded(octets, new DecompressionStream('deflate-raw'), octetsMost);
    return json && parseRecording(new TextDecoder().decode(json));
  } catch {
    return undefined;
  }
}
