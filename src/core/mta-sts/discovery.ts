/**
 * Does the domain say that it has a policy, and which version (RFC 8461 §3.1)?
 *
 * Nothing here is authenticated: who blocks this answer at first contact hides the policy (§10.2).
 */
import type { LookupAnswer } from '../ask.ts';
import type { DomainName } from '../dns/name.ts';
import { recordsOfType } from '../dns/record.ts';
import { departed, type StsSender } from './departures.ts';
import { ask, step, type Procedure, type Step } from '../trace.ts';
import { looseRecordId } from './loose-reading.ts';
import { parseStsRecord } from './record.ts';

/** The id announced, or undefined: no record, a lookup that failed, or one that does not conform. */
export function* discoverId(sender: StsSender, domain: DomainName): Procedure<string | undefined> {
  const name = `_mta-sts.${domain}` as DomainName;
  const answer = yield* ask({ ask: 'lookup', name, type: 'TXT' });
  if (answer.kind === 'failed') {
    yield step('mta-sts.record-lookup-failed', { name, why: answer.why });
    return undefined;
  }
  const reading = readingOf(answer);
  const strictId = reading.result.ok ? reading.result.value.id : undefined;
  if (sender.departures.has('record-read-loosely') && reading.looseId !== strictId) {
    yield departed('record-read-loosely', { name, text: reading.result.text, strictId });
    if (reading.looseId !== undefined)
      yield step('mta-sts.record-read', { name, text: reading.result.text, id: reading.looseId });
    return reading.looseId;
  }
  yield reading.step;
  return strictId;
}

/** Parsing is pure; one answer object is parsed once, however often a world gives it. */
const readings = new WeakMap<LookupAnswer, ReturnType<typeof readAnswer>>();
function readingOf(answer: Exclude<LookupAnswer, { kind: 'failed' }>) {
  const known = readings.get(answer);
  if (known !== undefined) return known;
  const reading = readAnswer(answer);
  readings.set(answer, reading);
  return reading;
}

function readAnswer(answer: Exclude<LookupAnswer, { kind: 'failed' }>) {
  const records = answer.kind === 'found' ? recordsOfType(answer.records, 'TXT') : [];
  const texts = records.map(({ strings }) => strings);
  const result = parseStsRecord(texts);
  return { result, looseId: looseRecordId(texts), step: stepOf(answer, result) };
}

function stepOf(answer: LookupAnswer, result: ReturnType<typeof parseStsRecord>): Step {
  const { text } = result;
  if (result.ok) return { rule: 'mta-sts.record-read', evidence: { text, id: result.value.id } };
  const [problem] = result.problems;
  const evidence = { text, answer: answer.kind, situation: problem?.situation };
  if (problem?.code === 'multiple-records') return { rule: 'mta-sts.record-ambiguous', evidence };
  if (problem?.code === 'no-record') return { rule: 'mta-sts.record-absent', evidence };
  return { rule: 'mta-sts.record-malformed', evidence };
}
