/**
 * A world that gives recorded answers again, at the time of the recording: a report can be made from
 * them as from live ones. What was not recorded counts as a lookup that failed, never as absent.
 * A recording also goes into a link and comes out of one: JSON, deflated, in base64url.
 */
import type { AllAsk, Ask } from '../core/ask.ts';
import type {} from '../core/check/ask.ts';
import { inspect } from '../core/check/inspect.ts';
import { formatRecording, parseRecording, type Recording } from '../core/check/recording.ts';
import type { Report } from '../core/check/report.ts';
import type { ValidatedLookup } from '../core/dnssec/validate.ts';
import { run, type Answered, type World } from './run.ts';

export function recordedWorld({ lookups, atSeconds }: Recording): World {
  const known = new Map(lookups.map((each) => [`${each.name}/${each.type}`, each]));
  return {
    answer(question: Exclude<Ask, AllAsk>): Answered {
      if (question.ask === 'now') return { answer: atSeconds };
      if (question.ask !== 'lookup' && question.ask !== 'proved-lookup')
        throw new Error(`a recording does not answer "${question.ask}"`);
      const { name, type } = question;
      const lookup = known.get(`${name}/${type}`) ?? unrecorded(name, type);
      return { answer: question.ask === 'lookup' ? lookup.answer : lookup };
    },
  };
}

const unrecorded = (
  name: ValidatedLookup['name'],
  type: ValidatedLookup['type'],
): ValidatedLookup => ({
  name,
  type,
  security: 'indeterminate',
  reason: 'dnssec.not-fetched',
  answer: { kind: 'failed', why: 'indeterminate' },
  links: [],
  zones: [],
  claimedAuthentic: undefined,
  extendedErrors: [],
  work: { messages: 0, octets: 0, verifications: 0, hashes: 0 },
});

/** The report that these answers make. */
export const reportOfRecording = (recording: Recording): Report =>
  run(inspect(recording.domain), recordedWorld(recording)).result;

/** No recording is larger than this when it is unpacked: a link may be a bomb. */
const octetsMost = 500_000;

async function through(octets: Uint8Array, transform: GenericTransform): Promise<Uint8Array> {
  const reader = new Blob([octets.slice()]).stream().pipeThrough(transform).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = (await reader.read()) as ReadableStreamReadResult<Uint8Array>;
    if (done) break;
    length += value.length;
    if (length > octetsMost) {
      await reader.cancel();
      throw new Error('too large');
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

type GenericTransform = ReadableWritablePair<Uint8Array, BufferSource>;

export async function packRecording(recording: Recording): Promise<string> {
  const json = new TextEncoder().encode(formatRecording(recording));
  const packed = await through(json, new CompressionStream('deflate-raw'));
  let text = '';
  for (const octet of packed) text += String.fromCharCode(octet);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Undefined where it is no recording of ours, or is damaged. */
export async function unpackRecording(text: string): Promise<Recording | undefined> {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const octets = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const unpack = new DecompressionStream('deflate-raw') as GenericTransform;
    return parseRecording(new TextDecoder().decode(await through(octets, unpack)));
  } catch {
    return undefined;
  }
}
