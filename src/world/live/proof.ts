/**
 * A proof: the DNS messages that one lookup needs, as they came, with the question and the moment. Whoever holds the
 * trust anchors can validate it later and elsewhere, and need not believe who recorded it.
 */
import {
  answerMisfit,
  decodeMessage,
  type Message,
  maxMessageOctets,
} from '../../core/dns/message.ts';
import { parseName, type DomainName } from '../../core/dns/name.ts';
import { parseBase64Url, formatBase64Url } from '../../core/dns/octets.ts';
import { typeNumbers, type RrType } from '../../core/dns/type.ts';
import { validationPolicy, type TrustAnchor } from '../../core/dnssec/policy.ts';
import { openSession } from '../../core/dnssec/session.ts';
import { validateLookup, type ValidatedLookup } from '../../core/dnssec/validate.ts';
import { isMoment, isJsonObject, parseJson } from '../../core/grammar/json.ts';
import type { Parsed } from '../../core/parsed.ts';
import { runLive } from '../run.ts';
import { signatureVerifier } from './verify.ts';
import { readBounded } from '../bounds.ts';
import { openLive, validatorWorld, type LiveOptions } from './live.ts';

export interface Proof {
  readonly name: DomainName;
  readonly type: RrType;
  /** When it was recorded: seconds since 1970. Signatures are judged by this clock. */
  readonly atSeconds: number;
  readonly messages: readonly Message[];
}

export type ProofProblem =
  'not-json' | 'format' | 'name' | 'type' | 'time' | 'messages' | 'message';

/** More than any lookup needs (`workLimits.messages`). */
const messagesMost = 100;

export const proofFormat = 1;

/**
 * Reads a proof.
 * Shape: JSON with `format` 1, `name`, `type`, `at` (seconds since 1970) and `messages`, each a DNS message in base64url.
 * Errors: what is at fault; of a message its place in `found`.
 */
export function parseProof(text: string): Parsed<Proof, ProofProblem> {
  const fail = (code: ProofProblem, found?: string): Parsed<Proof, ProofProblem> => ({
    ok: false,
    problems: [{ code, at: { start: 0, end: text.length }, ...(found !== undefined && { found }) }],
  });
  const json = parseJson(text);
  if (!isJsonObject(json)) return fail('not-json');
  const { format, name: nameText, type, at, messages } = json;
  if (format !== proofFormat) return fail('format');
  const name = typeof nameText === 'string' ? parseName(nameText) : undefined;
  if (!name?.ok) return fail('name');
  if (typeof type !== 'string' || !Object.hasOwn(typeNumbers, type)) return fail('type');
  if (!isMoment(at)) return fail('time');
  if (!Array.isArray(messages) || messages.length > messagesMost) return fail('messages');
  const read: Message[] = [];
  for (const [index, each] of (messages as readonly unknown[]).entries()) {
    const octets = typeof each === 'string' ? parseBase64Url(each) : undefined;
    const message = octets && decodeMessage(octets);
    if (!message?.ok) return fail('message', String(index));
    read.push(message.value);
  }
  const value = { name: name.value, type: type as RrType, atSeconds: at, messages: read };
  return { ok: true, value, warnings: [] };
}

/**
 * Validates a proof from the anchors down, at the time of its recording. A message that it lacks counts as one that
 * did not come, so that the answer is then indeterminate and never secure.
 */
export async function validateProof(
  { name, type, atSeconds, messages }: Proof,
  anchors: readonly TrustAnchor[],
): Promise<ValidatedLookup> {
  const world = validatorWorld({
    message(question) {
      const message = messages.find((each) => answerMisfit(each, question) === undefined);
      return message ? { kind: 'message', message } : { kind: 'failed', why: 'indeterminate' };
    },
    verify: signatureVerifier(),
    now: () => atSeconds,
  });
  const session = openSession({ ...validationPolicy, anchors });
  return (await runLive(validateLookup(session, name, type), world)).result;
}

/** The proof of one lookup as JSON text, for `parseProof`. What did not come is not in it. */
export async function recordProof(
  name: DomainName,
  type: RrType,
  options: LiveOptions,
): Promise<string> {
  const { fetch = globalThis.fetch.bind(globalThis), now = () => Math.floor(Date.now() / 1000) } =
    options;
  const messages: string[] = [];
  const live = openLive({
    ...options,
    now,
    fetch: async (...given) => {
      const response = await fetch(...given);
      if (response.status !== 200) return response;
      const octets = await readBounded(response.body, maxMessageOctets);
      if (octets !== undefined && decodeMessage(octets).ok) messages.push(formatBase64Url(octets));
      const { status, headers } = response;
      return new Response(octets ? Uint8Array.from(octets) : null, { status, headers });
    },
  });
  const at = now();
  await live.answer({ ask: 'proved-lookup', name, type });
  return JSON.stringify({ format: proofFormat, name, type, at, messages });
}
