/**
 * What each stretch of a line is, and the clause that owns it. The words of a note are the message
 * `wire.<note>`; the sources page lists every clause named here.
 */
import { cite, type Citation } from '../../core/cite.ts';

export const wireClauses = {
  // a record, whatever its type
  'record.name': cite('rfc1035', '3.2.1'),
  'record.ttl': cite('rfc1035', '3.2.1'),
  'record.class': cite('rfc1035', '3.2.4'),
  'record.type': cite('rfc1035', '3.2.2'),
  'record.length': cite('rfc1035', '3.2.1'),
  'txt.length': cite('rfc1035', '3.3.14'),
  'record.address': cite('rfc1035', '3.4.1'),
  'record.alias': cite('rfc1035', '3.3.1'),
  'lookup.question': cite('rfc1034', '4.3.1'),
  'mx.preference': cite('rfc5321', '5.1'),
  'mx.exchange': cite('rfc5321', '5.1'),
  'tlsa.usage': cite('rfc6698', '2.1.1'),
  'tlsa.selector': cite('rfc6698', '2.1.2'),
  'tlsa.matching': cite('rfc6698', '2.1.3'),
  'tlsa.association': cite('rfc6698', '2.1.4'),
  // the record and the policy of MTA-STS
  'sts.version': cite('rfc8461', '3.1'),
  'sts.id': cite('rfc8461', '3.1'),
  'policy.version': cite('rfc8461', '3.2'),
  'policy.mode': cite('rfc8461', '3.2'),
  'policy.mx': cite('rfc8461', '4.1'),
  'policy.max-age': cite('rfc8461', '3.2'),
  'policy.line-end': cite('rfc8461', '3.2'),
  // the record of the draft of 2016
  'draft.version': cite('smtp-sts-2016', '3.1'),
  'draft.to': cite('smtp-sts-2016', '3'),
  'draft.mx': cite('smtp-sts-2016', '3'),
  'draft.a': cite('smtp-sts-2016', '3'),
  'draft.c': cite('smtp-sts-2016', '3'),
  'draft.e': cite('smtp-sts-2016', '3.2'),
  'draft.rua': cite('smtp-sts-2016', '3'),
  // SMTP, command by command and reply by reply
  'smtp.connect': cite('rfc5321', '3.1'),
  'smtp.ehlo': cite('rfc5321', '4.1.1.1'),
  'smtp.client': cite('rfc5321', '4.1.1.1'),
  'smtp.mail': cite('rfc5321', '4.1.1.2'),
  'smtp.from': cite('rfc5321', '4.1.1.2'),
  'smtp.rcpt': cite('rfc5321', '4.1.1.3'),
  'smtp.to': cite('rfc5321', '4.1.1.3'),
  'smtp.data': cite('rfc5321', '4.1.1.4'),
  'smtp.asks-tls': cite('rfc3207', '4'),
  'smtp.starttls': cite('rfc3207', '2'),
  'smtp.greeting': cite('rfc5321', '4.2'),
  'smtp.ok': cite('rfc5321', '4.2.1'),
  'smtp.later': cite('rfc5321', '4.2.1'),
  'smtp.no': cite('rfc5321', '4.2.1'),
  'smtp.more': cite('rfc5321', '4.2.1'),
  'smtp.last': cite('rfc5321', '4.2.1'),
  'smtp.words': cite('rfc5321', '4.2'),
  'line.end': cite('rfc5321', '2.3.8'),
  'tls.sni': cite('rfc7672', '8.1'),
  // HTTPS to the policy host
  'http.get': cite('rfc9112', '3.1'),
  'http.path': cite('rfc8461', '3.2'),
  'http.version': cite('rfc9112', '2.3'),
  'http.host': cite('rfc9112', '3.2'),
  'http.line-end': cite('rfc9112', '2.1'),
  'http.head-end': cite('rfc9112', '2.1'),
  'http.ok': cite('rfc8461', '3.3'),
  'http.not-200': cite('rfc8461', '3.3'),
  'http.content-type': cite('rfc8461', '3.2'),
  // how sure an answer is
  'lookup.secure': cite('rfc4033', '5'),
  'lookup.insecure': cite('rfc4033', '5'),
  'lookup.bogus': cite('rfc4033', '5'),
  'lookup.indeterminate': cite('rfc4033', '5'),
} as const satisfies Readonly<Record<string, Citation>>;

/** The clause of a note; `tlsa.usage.3` has that of `tlsa.usage`. */
export function clauseOf(note: string): Citation | undefined {
  const clauses: Readonly<Record<string, Citation>> = wireClauses;
  return clauses[note] ?? clauses[note.replace(/\.[^.]*$/, '')];
}
