/** Every report says one thing: in a list, on the page, on the command line and in JSON; in both languages. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { codeOfRow, reportJson, reportText, judge } from '../../../src/command-line/check.ts';
import { printed } from '../../../src/command-line/terminal.ts';
import { rowOf, type ListRow } from '../../../src/core/check/list-row.ts';
import { formatRecording, parseRecording, recordingOf } from '../../../src/core/check/recording.ts';
import { mailHostsOf, type Report } from '../../../src/core/check/report.ts';
import { readPolicy } from '../../../src/core/check/sts-policy.ts';
import { verdictOf } from '../../../src/core/check/verdict.ts';
import type { Standing, Whole } from '../../../src/core/check/verdict.table.ts';
import { readWords } from '../../../src/command-line/read-messages.ts';
import { sayLine, type Line } from '../../../src/view/messages/line.ts';
import { showReport } from '../../../src/view/check/report-view.ts';
import { sayWith } from '../../../src/view/messages/say.ts';
import { reportOfRecording } from '../../../src/world/recorded.ts';
import { reportOf, type Answers } from '../../world.ts';
import { everyReport, withoutHosts } from '../../core/check/every-report.ts';
import { firstLine } from '../../../src/command-line/finding.ts';

const reports = [
  ...globSync('tests/world/recordings/*.json'),
  'content/recordings/gemeente-zilverdam.test.json',
].map((file) => reportOfRecording(parseRecording(readFileSync(file, 'utf8'))!));

/** A recorded report as it would be in trouble: its hosts without addresses, its MX bogus, more hosts. */
const troubled = reports.flatMap((report): readonly Report[] => [
  {
    ...report,
    hosts: report.hosts.map((host) => ({
      ...host,
      addresses: { kind: 'none', security: 'secure' },
      dane: undefined,
      daneDespiteMx: undefined,
    })),
  },
  { ...report, mx: { kind: 'failed', why: 'bogus' }, hosts: [] },
  { ...report, mx: { kind: 'failed', why: 'timeout' }, hosts: [] },
  ...(report.hosts.length > 0 ? [{ ...report, hostsLeftOut: [report.domain] }] : []),
]);

const beside: Answers = {
  'example.nl MX': ['10 mx.example.nl'],
  'mx.example.nl A': ['192.0.2.1'],
};
/** What the pairs of hosts do not reach: odd records, aliases, notes. */
const odd = (
  [
    { '_smtp._tls.example.nl TXT': ['v=TLSRPTv1; rua=http://example.nl/'] },
    { '_smtp._tls.example.nl TXT': ['v=spf1 -all'] },
    { '_smtp._tls.example.nl TXT': ['v=TLSRPTv1; rua=nothing'] },
    { '_smtp._tls.example.nl TXT': 'bogus' },
    { '_smtp._tls.example.nl TXT': 'servfail' },
    { 'example.nl MX': ['10 .'] },
    { 'example.nl MX': ['10 localhost'] },
    { 'example.nl MX': [], 'example.nl A': ['192.0.2.3'] },
    { 'example.nl MX': { alias: 'example.org', then: ['10 mx.example.nl'] } },
    { '_25._tcp.mx.example.nl TLSA': { alias: 'x.example.nl', then: [] } },
    { '_25._tcp.mx.example.nl TLSA': { alias: 'x.example.nl', then: 'nxdomain' } },
    {
      '_25._tcp.mx.example.nl TLSA': {
        alias: 'x.example.org',
        then: { unsigned: [`3 1 1 ${'a'.repeat(64)}`] },
      },
    },
    {
      'example.nl MX': { unsigned: ['10 mx.example.nl'] },
      '_25._tcp.mx.example.nl TLSA': 'bogus',
    },
  ] satisfies readonly Answers[]
).map((answers) => reportOf('example.nl', { ...beside, ...answers }));

const made = [...everyReport()].map(({ report }) => report);
const all = [...reports, ...troubled, ...odd, ...Object.values(withoutHosts), ...made];

const linesOf = (view: ReturnType<typeof showReport>): readonly Line[] => [
  view.sentence,
  ...view.notes,
  ...view.cards.flatMap(({ verdict, why, tone, toneWord = `lookup.tone.${tone}` as const }) => [
    verdict,
    ...why,
    { key: toneWord } as const,
  ]),
  ...view.senders,
  ...view.actions.flatMap(({ who, line }) => [line, { key: `lookup.actor.${who}` } as const]),
  ...view.hosts.flatMap(({ dane, despiteMx, warnings }) => [
    dane,
    ...(despiteMx ? [despiteMx] : []),
    ...warnings,
  ]),
];

/** Each line once: thousands of reports say the same few hundred. */
const lines = [
  ...new Map(
    all.flatMap((report) =>
      linesOf(showReport(report)).map((line) => [JSON.stringify(line), line]),
    ),
  ).values(),
];

/** Which word of a list goes with which sentence: written down apart from the code that is tested. */
const wordsOfList: Readonly<Record<Whole, readonly Standing[]>> = {
  'no-domain': ['no-domain'],
  'alias-nowhere': ['no-server'],
  'null-mx': ['no-mail'],
  'no-server': ['no-server'],
  'mx-bogus': ['unknown'],
  'mx-failed': ['unknown'],
  dane: ['dane', 'dane-and-sts'],
  'dane-reachable': ['dane', 'dane-and-sts'],
  'dane-first': ['dane-some'],
  'dane-none-of-first': ['none-of-first'],
  'first-nowhere': ['none-of-first'],
  'dane-some': ['dane-some'],
  'dane-encrypted': ['neither', 'sts-only'],
  'dane-bogus': ['unknown'],
  'dane-failed': ['unknown'],
  'sts-only': ['sts-only'],
  'sts-enforced': ['sts-only'],
  'sts-testing': ['neither'],
  'sts-withdrawn': ['neither'],
  'sts-host-not-listed': ['sts-only'],
  'sts-policy-faulty': ['neither'],
  'sts-no-policy-host': ['neither'],
  'sts-faulty': ['neither'],
  'sts-bogus': ['unknown'],
  'sts-failed': ['unknown'],
  neither: ['neither'],
};

describe.each(['nl', 'en'] as const)('in %s, every report', (lang) => {
  const words = readWords()[lang];
  const say = sayWith(words, lang);

  test('has a sentence for each of its lines, filled in', () => {
    expect(reports.length).toBeGreaterThan(5);
    const unsaid = new Set<string>();
    for (const line of lines)
      for (const key of [line.key, line.why ?? line.key])
        if (words[key] === undefined || /[{}]/.test(sayLine(say, line))) unsaid.add(key);
    expect([...unsaid]).toEqual([]);
  });

  test('is the same verdict in a list, on the page, on the command line and in JSON', () => {
    for (const report of all) holdTogether(report);
  });

  function holdTogether(report: Report): void {
    const row = rowOf(report);
    const view = showReport(report);
    const judged = judge({ report, failures: new Map(), connected: undefined }, {}, say);
    const details = reportText(judged, say);
    const text = printed([firstLine(say, judged.finding), details], Infinity);
    const json = JSON.parse(JSON.stringify(reportJson(judged, say))) as ListRow & {
      verdict: string;
      sentence: string;
      cards: readonly { id: string; standing: string; tone: string }[];
      hosts: readonly { host: string; dane: string }[];
    };
    const sentence = say(view.sentence.key, view.sentence.args);
    expect(view.sentence.key).toBe(`lookup.sentence.${view.verdict}`);
    expect(wordsOfList[view.verdict]).toContain(row.standing);
    expect(text).toContain(sentence);
    expect(json).toMatchObject({ ...row, verdict: view.verdict, sentence });
    const byId = Object.fromEntries(view.cards.map((card) => [card.id, card]));
    expect([byId['dane'], byId['mta-sts'], byId['tls-rpt']].map((card) => card?.standing)).toEqual([
      row.dane,
      row.sts,
      row.tlsRpt,
    ]);
    expect(json.cards).toMatchObject(
      view.cards.map(({ id, standing, tone }) => ({ id, standing, tone })),
    );
    for (const { verdict } of view.cards) expect(text).toContain(say(verdict.key, verdict.args));
    expect(json.hosts.map(({ host, dane }) => [host, dane])).toEqual(
      view.hosts.map(({ host, standing }) => [host, standing]),
    );
    // By docs/command-line.md: what could not be looked up is 3, else what is wrong is 1.
    const isOpen =
      row.mx === 'failed' ||
      [row.dane, row.sts, row.tlsRpt].some((each) => ['bogus', 'not-looked-up'].includes(each));
    const isWrong = [
      ...['dane-some', 'neither', 'none-of-first', 'no-server', 'no-domain'],
    ].includes(row.standing);
    expect(codeOfRow(row)).toBe(isOpen ? 3 : isWrong ? 1 : 0);
  }
});

test('no two verdicts: a report that is kept and read again says the same', () => {
  for (const report of reports) {
    const again = reportOfRecording(parseRecording(formatRecording(recordingOf(report)))!);
    expect(rowOf(again)).toEqual(rowOf(report));
    expect(verdictOf(again)).toEqual(verdictOf(report));
  }
});

test('where hosts have no address, list and page say that mail arrives nowhere', () => {
  const emptied = troubled.filter(
    ({ hosts, hostsLeftOut }) =>
      hostsLeftOut.length === 0 && hosts.some(({ addresses }) => addresses.kind === 'none'),
  );
  expect(emptied.length).toBeGreaterThan(5);
  for (const report of emptied)
    expect([rowOf(report).standing, showReport(report).verdict]).toEqual([
      'no-server',
      'no-server',
    ]);
});

test('a policy that was read counts in the sentence as on its card', () => {
  const report = reportOf('example.nl', {
    ...beside,
    '_mta-sts.example.nl TXT': ['v=STSv1; id=1;'],
    'mta-sts.example.nl A': ['192.0.2.80'],
  });
  const read = (mode: string, mx: string) =>
    showReport(
      report,
      new Map(),
      readPolicy(
        'given',
        `version: STSv1\r\nmode: ${mode}\r\nmx: ${mx}\r\nmax_age: 604800\r\n`,
        mailHostsOf(report),
      ),
    );
  for (const [mode, mx, verdict, tone] of [
    ['enforce', '*.example.nl', 'sts-enforced', 'good'],
    ['testing', '*.example.nl', 'sts-testing', 'attention'],
    ['none', '*.example.nl', 'sts-withdrawn', 'attention'],
    ['enforce', 'other.example.nl', 'sts-host-not-listed', 'bad'],
    ['maybe', '*.example.nl', 'sts-policy-faulty', 'bad'],
  ] as const) {
    const view = read(mode, mx);
    expect([view.verdict, view.cards[1]?.tone]).toEqual([verdict, tone]);
    for (const words of Object.values(readWords()))
      expect(words).toHaveProperty([view.sentence.key]);
  }
});

test('a name that can never be a mail server need not be in a policy', () => {
  const report = reportOf('example.nl', {
    ...beside,
    'example.nl MX': ['10 mx.example.nl', '20 .', '30 x.invalid', '40 localhost', '50 0'],
  });
  expect(mailHostsOf(report)).toEqual(['mx.example.nl']);
});

test('a sender with both is not told that DANE asks for nothing where it does', () => {
  for (const report of all) {
    const { senders } = showReport(report);
    if (senders.length === 0) continue;
    expect(senders).toHaveLength(4);
    const { dane } = rowOf(report);
    const asksNothing = /\.(?:neither|by-policy)$/.test(senders[2]!.key);
    expect([dane, asksNothing]).toEqual([dane, dane === 'mx-insecure' || dane === 'none']);
  }
});

test('the aliases of TLSA records stand in the text of the command line too', () => {
  const say = sayWith(readWords().nl, 'nl');
  const judged = judge({ report: odd[9]!, failures: new Map(), connected: undefined }, {}, say);
  const text = printed(reportText(judged, say));
  expect(text).toContain('_25._tcp.mx.example.nl → x.example.nl');
});

test('mail servers stand in the order in which a sender tries them', () => {
  const { mx } = showReport(reports.find(({ domain }) => domain === 'gemeente-zilverdam.test')!);
  expect(mx.records).toEqual(['10 in1.post-hosting.test.', '20 in2.post-hosting.test.']);
});

test('a domain without any server is told to name one, and nothing else', () => {
  const { actions } = showReport(withoutHosts['no-server']!);
  expect(actions.map(({ id }) => id)).toEqual(['publish-mx']);
});
