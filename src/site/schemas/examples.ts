/** `content/examples.yaml`: what the tools are filled in with when a reader asks for an example. */
import { z } from 'astro/zod';
import { contentOfBuild, keptForBuild } from '../content.ts';
import { day } from './text.ts';

const count = z.int().nonnegative();

export const examplesSchema = z.strictObject({
  host: z.string(),
  certificate: z.string(),
  tlsa: z.string(),
  next: z.string(),
  domain: z.string(),
  mx: z.array(z.string()).min(1),
  to: z.array(z.string()).min(1),
  rua: z.string(),
  names: z.array(z.string()).min(1),
  reports: z.strictObject({
    organization: z.string(),
    failed: z.string(),
    days: z.array(z.strictObject({ day, successful: count, failed: count })).min(2),
  }),
});

export type Examples = z.infer<typeof examplesSchema>;

export const examplesOfBuild = keptForBuild(() => contentOfBuild('examples.yaml', examplesSchema));

/** The reports of the example as files of RFC 8460 §4, one a day. */
export const reportFiles = ({ domain, host, reports }: Examples): readonly string[] =>
  reports.days.map(({ day: date, successful, failed }) =>
    JSON.stringify({
      'organization-name': reports.organization,
      'date-range': {
        'start-datetime': `${date}T00:00:00Z`,
        'end-datetime': `${date}T23:59:59Z`,
      },
      'contact-info': 'postmaster@verzender.test',
      'report-id': `${date}-example`,
      policies: [
        {
          policy: { 'policy-type': 'tlsa', 'policy-domain': domain },
          summary: {
            'total-successful-session-count': successful,
            'total-failure-session-count': failed,
          },
          'failure-details':
            failed === 0
              ? []
              : [
                  {
                    'result-type': reports.failed,
                    'receiving-mx-hostname': host,
                    'sending-mta-ip': '192.0.2.25',
                    'failed-session-count': failed,
                  },
                ],
        },
      ],
    }),
  );
