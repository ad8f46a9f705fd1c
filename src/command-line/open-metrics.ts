/**
 * A round as OpenMetrics text: families with help, type and unit, ended by `# EOF`. All are gauges, so
 * that readers of the older Prometheus text format (the textfile collector of node_exporter) take it too.
 * Names and labels are stable; they are listed in docs/monitoring.md.
 */
import type { Deadline } from './schemas.ts';
import type { Finding } from './finding.ts';
import type { Round } from './watch-state.ts';
import { nagiosCode, severities } from './severity.table.ts';
import { harmless, type Lines } from './terminal.ts';

type Labels = Readonly<Record<string, string | undefined>>;
interface Family {
  readonly name: string;
  readonly help: string;
  readonly unit?: 'seconds';
  readonly samples: (finding: Finding) => readonly (readonly [Labels, number])[];
}

const until = (kind: Deadline['kind']) => (finding: Finding) =>
  finding.deadlines
    .filter((each) => each.kind === kind)
    .map(({ about, address, certificates, leftSeconds }) => {
      const labels =
        kind === 'signatures' ? { zone: about } : kind === 'policy' ? {} : { host: about };
      return [{ domain: finding.domain, ...labels, address, certificates }, leftSeconds] as const;
    });

const families: readonly Family[] = [
  {
    name: 'sts_dane_severity',
    help: 'How bad it is, as exit codes of monitoring plugins: 0 ok, 1 warning, 2 critical, 3 unknown.',
    samples: ({ domain, severity }) => [[{ domain }, nagiosCode[severity]]],
  },
  {
    name: 'sts_dane_standing',
    help: 'What was found, in one word; always 1.',
    samples: ({ domain, standing }) => [[{ domain, standing }, 1]],
  },
  {
    name: 'sts_dane_problems',
    help: 'Problems of each severity.',
    samples: ({ domain, problems }) =>
      severities
        .filter((severity) => severity !== 'ok')
        .map((severity) => [
          { domain, severity },
          problems.filter((each) => each.severity === severity).length,
        ]),
  },
  {
    name: 'sts_dane_checked_timestamp_seconds',
    help: 'When it was checked, since 1970.',
    unit: 'seconds',
    samples: ({ domain, checkedAtSeconds }) => [[{ domain }, checkedAtSeconds]],
  },
  {
    name: 'sts_dane_certificate_left_seconds',
    help: 'Until the certificate of a mail server ends; below zero when it is over.',
    unit: 'seconds',
    samples: until('certificate'),
  },
  {
    name: 'sts_dane_policy_certificate_left_seconds',
    help: 'Until the certificate of the MTA-STS policy host ends.',
    unit: 'seconds',
    samples: until('policy-certificate'),
  },
  {
    name: 'sts_dane_signatures_left_seconds',
    help: 'Until the first record set of a zone has no valid DNSSEC signature left.',
    unit: 'seconds',
    samples: until('signatures'),
  },
  {
    name: 'sts_dane_policy_left_seconds',
    help: 'Until a sender that fetched the MTA-STS policy at the check forgets it (max_age).',
    unit: 'seconds',
    samples: until('policy'),
  },
];

/** What is unsafe is an escape of ours first; the backslash of that is escaped like any other. */
const escaped = (text: string): string =>
  harmless(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"');

const sampleOf = (name: string, labels: Labels, value: number): string => {
  const told = Object.entries(labels).flatMap(([label, text]) =>
    text === undefined ? [] : [`${label}="${escaped(text)}"`],
  );
  return `${name}{${told.join(',')}} ${value}`;
};

export const openMetrics = ({ findings }: Round): Lines => [
  ...families.flatMap(({ name, help, unit, samples }) => [
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...findings.flatMap((finding) =>
      samples(finding).map(([labels, value]) => sampleOf(name, labels, value)),
    ),
  ]),
  '# EOF',
];
