/**
 * The MTA-STS policy file: which MX hosts count and whether mail waits when they fail.
 * An attacker who can make a sender refuse a good policy gets what an absent one gives, so both
 * readings (the standard's and the field's) are kept beside each other. RFC 8461 §3.2, §3.3.
 */
import type { Annotated, ParseProblem } from '../parsed.ts';
import { readersOf, situationsOf } from '../grammar/readers.ts';
import { utf8ToText } from '../grammar/characters.ts';
import { stsReaders } from './readers.table.ts';
import { PolicyLines, type PolicyPart } from './policy-lines.ts';
import { readFields, type PolicyCode, type StsPolicy } from './policy-fields.ts';

export type { PolicyCode, StsPolicy };

export type StsPolicyResult = Annotated<StsPolicy, PolicyCode, PolicyPart>;

/** What the HTTPS answer said around the body; what is not known is left out and not judged. */
export interface PolicyResponse {
  readonly status?: number;
  /** The `Content-Type` field; an empty string where the answer had none. */
  readonly contentType?: string;
}

/**
 * RFC 8461 §3.3 suggests 64 kilobytes and does not say of which size. Up to 64,000 octets nobody
 * refuses; above 65,536 everybody may; between, a readable policy is read and the doubt is told.
 */
export const policyOctetsSure = 64_000;
export const policyOctetsMost = 65_536;

/**
 * Reads a policy with what is known of the answer that carried it.
 * Shape: the body as octets, or as text already decoded from UTF-8. Spans count characters.
 * Errors: `http-status` (not 200), `too-large`, `content-type` (a SHOULD), else the field at fault;
 * `syntax` where a line fits no field. The first problem is the one to tell.
 * Source: RFC 8461 §3.2 (grammar, media type), §3.3 (status, size).
 */
export function parseStsPolicy(
  body: string | Uint8Array,
  response: PolicyResponse = {},
): StsPolicyResult {
  const text = typeof body === 'string' ? body : utf8ToText(body);
  const lines = new PolicyLines(text);
  const fields = readFields(lines);
  const around = responseProblems(response, text);
  const size = sizeProblems(body, text, fields.problems.length > 0);
  const problems = [...around, ...size.problems, ...fields.problems];
  const warnings = [...size.warnings, ...lines.warnings, ...fields.warnings];
  const readers = readersOf(situationsOf(problems, warnings), stsReaders);
  const common = { text, marks: lines.marks, readers };
  if (problems.length > 0 || fields.policy === undefined)
    return { ok: false, problems, warnings, ...common };
  return { ok: true, value: fields.policy, warnings, ...common };
}

/** Media type, without its parameters: those but charset are ignored, and charset is no reason to refuse. */
const mediaTypeOf = (contentType: string): string =>
  (contentType.split(';')[0] ?? '').trim().toLowerCase();

function responseProblems(
  { status, contentType }: PolicyResponse,
  text: string,
): readonly ParseProblem<PolicyCode>[] {
  const at = { start: 0, end: text.length };
  const problems: ParseProblem<PolicyCode>[] = [];
  if (status !== undefined && status !== 200) {
    const situation = status >= 300 && status < 400 ? 'redirected' : 'status-not-200';
    problems.push({ code: 'http-status', situation, at, found: String(status) });
  }
  if (contentType !== undefined && mediaTypeOf(contentType) !== 'text/plain') {
    const situation = contentType === '' ? 'content-type-missing' : 'content-type-not-text';
    problems.push({ code: 'content-type', situation, at, found: contentType, level: 'SHOULD' });
  }
  return problems;
}

function sizeProblems(body: string | Uint8Array, text: string, isBroken: boolean) {
  const octets = typeof body === 'string' ? utf8Length(body) : body.length;
  const at = { start: 0, end: text.length };
  const found = String(octets);
  if (octets <= policyOctetsSure) return { problems: [], warnings: [] };
  if (octets <= policyOctetsMost && !isBroken)
    return { problems: [], warnings: [{ code: 'size-in-doubt', at, found }] };
  const problem: ParseProblem<PolicyCode> = {
    code: 'too-large',
    situation: 'too-large',
    at,
    found,
    level: 'suggested',
  };
  return { problems: [problem], warnings: [] };
}

function utf8Length(text: string): number {
  let octets = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    octets += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return octets;
}

/** Writes a policy with CRLF; `parseStsPolicy` reads it back unchanged. */
export function formatStsPolicy(policy: StsPolicy): string {
  const lines = [
    'version: STSv1',
    `mode: ${policy.mode}`,
    ...policy.mx.map((pattern) => `mx: ${pattern}`),
    `max_age: ${policy.maxAgeSeconds}`,
    ...policy.extensions.map(({ name, value }) => `${name}: ${value}`),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}
