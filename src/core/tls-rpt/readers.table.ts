/** How known software reads `_smtp._tls` records that readers of RFC 8460 read differently. */
import type { ReaderSplit } from '../grammar/readers.ts';

export const tlsRptReaders: Readonly<Record<string, ReaderSplit>> = {
  'blank-before-first-delimiter': { accept: ['mox'] },
  'blank-at-end': { accept: ['mox'] },
  'empty-field': { refuse: ['mox'] },
  'several-rua-fields': { accept: ['mox'], refuse: ['checkdmarc'] },
  'mailto-without-address': { refuse: ['mimecast-mta-sts'] },
  'https-host-without-dot': { refuse: ['mimecast-mta-sts'] },
};
