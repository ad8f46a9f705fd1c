/** `content/sources/<id>.yaml`: one document, what we read of it, and its sections. */
import { z } from 'astro/zod';
import { bilingual, day, looseDate, sourceQuotation } from './text.ts';

export const sourceSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** As the document prints it; between [brackets] a description of ours. */
  title: z.string().min(1),
  /** How a sentence names it. */
  short: bilingual,
  kind: z.enum([
    'memo',
    'standard',
    'draft',
    'repository',
    'law',
    'decision',
    'advice',
    'letter',
    'survey',
    'study',
    'news',
    'page',
    'site',
  ]),
  /** As exact as the document gives it; null: undated. */
  date: looseDate.nullable(),
  status: bilingual,
  publisher: z.string().min(1),
  address: z.string().regex(/^(https?:\/\/|\/)/, 'an address begins with http(s):// or /'),
  /** Address of one section; `{section}` is its number. */
  sectionAddress: z.string().includes('{section}').optional(),
  read: z.enum(['whole', 'excerpt']),
  /** V: read in a stored copy. V2: secondary or a vendor's text. own: a choice of this site. */
  confidence: z.enum(['V', 'V2', 'own']),
  note: bilingual.optional(),
  /** Never shown without this other source. */
  rebuttedBy: z.string().min(1).optional(),
  /** The text that quotations are checked against: file names to look for, and its digest. */
  text: z
    .strictObject({
      names: z.array(z.string().min(1)).min(1),
      from: z.string().min(1),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      checkedOn: day,
    })
    .optional(),
  sections: z.record(
    z.string(),
    z.strictObject({
      heading: z.string().min(1),
      /** Literal words of that section that say what it is about, where no rule quotes it (`clauses.yaml`). */
      clause: sourceQuotation.optional(),
    }),
  ),
});

export type Source = z.infer<typeof sourceSchema>;
