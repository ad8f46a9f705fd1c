/**
 * Why something about a connection went wrong, as far as it showed: each cause with what the other side
 * said or sent. The judging was done before; here the answers that steps rest on get their words.
 */
import { readPolicy } from '../core/check/sts-policy.ts';
import { policyResultOf } from '../core/mta-sts/fetch.ts';
import { type ParseProblem, placesIn } from '../core/parsed.ts';
import type {
  ConnectAnswer,
  EhloAnswer,
  FetchPolicyAnswer,
  HandshakeTrouble,
  Presented,
  StarttlsAnswer,
} from '../core/smtp/ask.ts';
import type { RuleId } from '../core/rules.ts';
import type { Evidence, Trace } from '../core/trace.ts';
import { dayOf } from '../view/messages/dates.ts';
import type { Args } from '../view/messages/say.ts';
import { situationKey, type Line } from '../view/messages/line.ts';
import type { KeyEnd, MessageKey } from '../view/messages/message-key.ts';

type CauseId = KeyEnd<'cli.cause.'>;

/** One rule that applied, and why, where that is known. */
export interface Told {
  readonly rule: RuleId;
  readonly causes: readonly Line[];
}

const shown = 200;
/** What a stranger said, on one line and bounded. */
const quoted = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > shown ? `${line.slice(0, shown)}…` : line;
};
const cause = (id: CauseId, args?: Args, why?: MessageKey): readonly Line[] => [
  { key: `cli.cause.${id}`, ...(args && { args }), ...(why && { why }) },
];

type Answers = Readonly<{
  connect?: ConnectAnswer;
  ehlo?: EhloAnswer;
  starttls?: StarttlsAnswer;
  'fetch-policy'?: FetchPolicyAnswer;
}>;

/** The steps of a trace, each with the causes that the answers before it show. */
export function toldOf({ events }: Trace<unknown>): readonly Told[] {
  const answers: Record<string, unknown> = {};
  return events.flatMap((event): readonly Told[] => {
    if (event.kind === 'asked') {
      answers[event.ask.ask] = event.answer;
      return [];
    }
    return [{ rule: event.rule, causes: causesOf(event.rule, answers, event.evidence ?? {}) }];
  });
}

function causesOf(rule: RuleId, answers: Answers, evidence: Evidence): readonly Line[] {
  switch (rule) {
    case 'smtp.host-unreachable':
      return answers.ehlo?.why === undefined
        ? unreachable(answers.connect)
        : notOffered(answers.ehlo);
    case 'smtp.starttls-not-offered':
      return notOffered(answers.ehlo);
    case 'smtp.handshake-failed':
      return notEncrypted(answers.starttls);
    case 'mta-sts.policy-not-fetched':
      return notFetched(answers['fetch-policy']);
    case 'mta-sts.policy-fetched':
    case 'mta-sts.policy-host-not-authenticated':
    case 'mta-sts.policy-not-found':
    case 'mta-sts.policy-not-text':
    case 'mta-sts.policy-malformed':
    case 'mta-sts.policy-too-large': {
      const answer = answers['fetch-policy'];
      if (answer?.kind !== 'response') return [];
      if (rule === 'mta-sts.policy-fetched')
        return [...certificateCauses(answer, '', ''), ...policyNotes(answer)];
      return rule === 'mta-sts.policy-host-not-authenticated'
        ? certificateCauses(answer, String(evidence['why']), String(evidence['host']))
        : policyCauses(rule, answer);
    }
    default:
      return [];
  }
}

function unreachable(answer: ConnectAnswer | undefined): readonly Line[] {
  if (answer?.kind !== 'failed') return [];
  const { why, lines = [], seconds = 0 } = answer;
  return cause(`connect-${why}`, { seconds, line: quoted(lines.join(' ')) });
}

function notOffered(answer: EhloAnswer | undefined): readonly Line[] {
  if (answer === undefined) return [];
  const { why, seconds = 0, lines } = answer;
  if (why !== undefined) return cause(`ehlo-${why}`, { seconds });
  const [first = ''] = lines;
  return first.startsWith('250') ? [] : cause('ehlo-refused', { line: quoted(first) });
}

function notEncrypted(answer: StarttlsAnswer | undefined): readonly Line[] {
  if (answer?.kind !== 'failed') return [];
  if (answer.why === 'refused') return cause('starttls-refused', { line: quoted(answer.line) });
  return handshake(answer.trouble);
}

function handshake(trouble: HandshakeTrouble | undefined): readonly Line[] {
  if (trouble === undefined) return [];
  const { kind, ...args } = trouble;
  // The one alert that says what to do.
  if (trouble.kind === 'alert' && trouble.alert === 'protocol_version')
    return cause('tls-version-refused');
  return cause(`tls-${kind}`, args);
}

function notFetched(answer: FetchPolicyAnswer | undefined): readonly Line[] {
  if (answer?.kind !== 'failed') return [];
  if (answer.why === 'no-tls') return handshake(answer.trouble);
  if (answer.why === 'no-connection' && answer.seconds !== undefined)
    return cause('connect-timeout', { seconds: answer.seconds });
  return cause(`policy-${answer.why}`, { seconds: answer.seconds ?? 0 });
}

type PolicyResponse = Extract<FetchPolicyAnswer, { kind: 'response' }>;
const problemsTold = 5;

function policyCauses(rule: RuleId, answer: PolicyResponse): readonly Line[] {
  const { status, contentType, location } = answer;
  if (rule === 'mta-sts.policy-not-found')
    return location !== undefined && status >= 300 && status < 400
      ? cause('policy-redirected', { status, location: quoted(location) })
      : cause('policy-status', { status });
  if (rule === 'mta-sts.policy-not-text')
    return contentType === ''
      ? cause('policy-no-content-type')
      : cause('policy-content-type', { type: quoted(contentType) });
  const result = policyResultOf(answer);
  return policyLines(result.text, result.ok ? [] : result.problems);
}

function policyLines(text: string, problems: readonly ParseProblem<string>[]): readonly Line[] {
  const placeOf = placesIn(text);
  return problems
    .slice(0, problemsTold)
    .flatMap(({ code, situation = code, slip = situation, at, found, instead = 'none' }) =>
      cause(
        'policy-line',
        { ...placeOf(at.start), found: quoted(found ?? ''), instead },
        situationKey('mta-sts', slip),
      ),
    );
}

/** What a policy that follows the standard still does wrong: names that match nobody, and too short a life. */
function policyNotes({ body, status, contentType }: PolicyResponse): readonly Line[] {
  const { result, notes } = readPolicy('fetched', body, [], { status, contentType });
  const days = result.ok ? Math.round(result.value.maxAgeSeconds / 8640) / 10 : 0;
  const told = (result.warnings ?? []).filter(
    ({ code, slip }) => slip !== undefined || code === 'no-mx-can-match' || code.startsWith('mx-'),
  );
  return [
    ...policyLines(result.text, told),
    ...notes.map((note): Line => ({ key: `lookup.policy.note.${note}`, args: { days } })),
  ];
}

/** What is wrong with a certificate, by the word that the core found for it. */
export function certificateCauses(
  { chain: [leaf], untrusted, isPathHidden }: Presented,
  why: string,
  host: string,
): readonly Line[] {
  if (leaf === undefined) return [];
  switch (why) {
    case 'not-trusted':
    case 'certificate-not-trusted':
      return untrusted === undefined
        ? []
        : cause(`trust-${untrusted.fault}`, { name: quoted(untrusted.name) });
    case 'not-in-time':
    case 'certificate-expired':
      return cause('dates', {
        from: dayOf(leaf.notBeforeSeconds),
        until: dayOf(leaf.notAfterSeconds),
      });
    case 'other-name':
    case 'certificate-host-mismatch':
      return cause('other-name', {
        host,
        count: leaf.dnsNames.length,
        names: quoted(leaf.dnsNames.slice(0, 10).join(', ')),
      });
    default:
      return isPathHidden === true ? cause('other-path-first') : [];
  }
}
