/*
 * One sender, one receiving domain, and an attacker who plays any subset of his powers on each day.
 * The second prover of `npm run laws -- --spin`. Written from the texts of the standards, not from src/: two readings
 * of the same text that agree say more than one. D16 is the draft of 18 March 2016, draft-ietf-uta-smtp-sts-00.
 * The world, the powers and the laws are those of content/laws.yaml; what the texts leave open: docs/laws-second-prover.md.
 *
 * What the sender honours, by -D, none for STARTTLS alone: DRAFT (D16), STS (RFC 8461), DANE (RFC 7672).
 * REFRESH: it fetches the policy each day, after its message.
 * SIGNED: the zones of domain and host are signed; SIGNED_DOMAIN, SIGNED_HOST: one of the two. The resolver validates.
 * LIFETIME: how many days after the day of the fetch a policy is still valid.
 * HORIZON: days from here on count as one, so that there are finitely many; all of them are explored all the same.
 *
 * pan walks through all states of all 128 budgets. Each time it sees a law broken on an earlier day than before it prints
 * `broken LAW BUDGET DAY`; the least of them is the shortest counterexample, as each state has its own day. `harmed BUDGET DAYS`:
 * mail came off worse on so many days in a row without him, the most so far for one whom he met at first contact; more
 * than the lifetime counts as one.
 */
#ifndef LIFETIME
#define LIFETIME 3
#endif
#ifndef HORIZON
#define HORIZON 8
#endif

/* Powers: the bits of a budget, in the order of content/laws.yaml. */
#define LINE        1
#define DNS         2
#define BLOCK       4
#define HOST_CERT   8
#define POLICY_CERT 16
#define SERVER_KEY  32
#define ZONE_KEY    64
#define EVERYTHING  127
#define CAN(power)  ((budget & (power)) != 0)

/*
 * A forged answer passes where the zone is not signed, or where he signs with its key; elsewhere it is "bogus"
 * (RFC 4033 section 5), which a validating resolver hands on as a failed lookup (RFC 4035 section 5.5).
 */
#define FORGE_SIGNED (CAN(DNS) && CAN(ZONE_KEY))
#if defined(SIGNED) || defined(SIGNED_DOMAIN)
#define CAN_FORGE FORGE_SIGNED
#else
#define CAN_FORGE CAN(DNS)
#endif
#if defined(SIGNED) || defined(SIGNED_HOST)
#define CAN_FORGE_HOST FORGE_SIGNED
#else
#define CAN_FORGE_HOST CAN(DNS)
#endif
#define CAN_FAIL  (CAN(BLOCK) || CAN(DNS))

/* What a lookup or fetch brings. FORGED_: a policy of his, told below. */
#define GENUINE       1
#define ABSENT        2  /* an answer that says: not there */
#define FAILED        3  /* no usable answer */
#define FORGED        4
#define FORGED_OWN    5  /* enforce; only his own server may receive mail */
#define FORGED_SHARED 6  /* enforce; his own server and the genuine one */
#define FORGED_LAX    7  /* stops nothing: `none` of RFC 8461, `to=false` of D16 */
#define FORGED_OWN_W  8  /* D16: as FORGED_OWN, but authenticated by webpki at the domain's own web server */
#define NONE          0

/* Who answers the SMTP connection, and with which certificate. */
#define AT_GENUINE  1
#define AT_MIDDLE   2  /* he sits in between */
#define AT_HIS      3  /* his own server, where forged DNS led */
#define PLAIN       1  /* no STARTTLS on offer */
#define SELF_SIGNED 2
#define OWN_NAME    3  /* valid, for a name of his own */
#define FALSE_CERT  4  /* wrongly issued for the genuine host's name, with a key of his own */
#define TRUE_KEY    5  /* the genuine key and certificate */

#define PROVEN    1
#define ENCRYPTED 2
#define READABLE  3
#define ATTACKER  4
#define WAITS     5
#define STUCK     6
#define BELIEVES_PLAIN 7

byte budget, day = 1;
bool known;        /* started with the genuine policy fetched the day before */
byte policy, age;  /* the sender's memory: whose policy, and days since its fetch */
bool otherId;      /* RFC 8461: fetched under an id that is not the genuine one */
byte harmedDays;   /* days without attacker, since he last acted, on which mail came off worse */

/* Of one day; reset at its end, so that they add no states. */
bool comes, acts, began, authenticated, rejects;
byte txt, https, mx, address, tlsa, peer, certificate, candidate, verdict, belief;

c_decl {
  \#include <stdio.h>
  static unsigned char least[6][128];
  /* Prints a law as broken where this day is earlier than any before; the first day is 1. */
  static void broken(int law, int budget, int day) {
    if (least[law][budget] != 0 && least[law][budget] <= day) return;
    least[law][budget] = day;
    printf("broken %d %d %d\n", law, budget, day);
  }
  static unsigned char most[128];
  static void harmed(int budget, int days) {
    if (most[budget] >= days) return;
    most[budget] = days;
    printf("harmed %d %d\n", budget, days);
  }
}

#if defined(DRAFT) || defined(STS) || defined(SIGNED)
#define WITHOUT_HIM PROVEN
#else
#define WITHOUT_HIM ENCRYPTED
#endif

/* RFC 5321 section 5.1: the MX record first. An MX record of his names his own server. An answer that there is none
   makes the domain its own mail host; with a forged address there, that is a forged MX record with a name worth less. */
inline lookUpMx() {
  if
  :: mx = GENUINE
  :: comes && CAN_FORGE -> mx = FORGED; acts = true
  :: comes && CAN_FAIL  -> mx = FAILED; acts = true
  fi
}

/* RFC 5321 section 5.1: then the address of the host that it names. */
inline lookUpAddress() {
  if
  :: mx == FORGED -> address = FORGED
  :: mx == GENUINE -> address = GENUINE
  :: mx == GENUINE && comes && CAN_FORGE_HOST -> address = FORGED; acts = true
  :: mx == GENUINE && comes && CAN_FAIL  -> address = FAILED; acts = true
  :: mx == FAILED -> address = FAILED
  fi
}

/* RFC 7672 section 2.2.3: the TLSA records of the host. Of his own host he publishes what he likes. Section 2.2.1: after
   an "insecure" MX answer a sender is free to use opportunistic TLS, and this one does; section 2.2.2: after an
   "insecure" address it does not look for TLSA records. */
inline lookUpTlsa() {
#if defined(SIGNED_HOST)
  tlsa = ABSENT
#else
  if
  :: mx == FORGED -> tlsa = FORGED
  :: mx == FORGED -> tlsa = ABSENT
#if defined(SIGNED_DOMAIN)
  :: mx == GENUINE -> tlsa = ABSENT
#else
  :: mx == GENUINE -> tlsa = GENUINE
  :: mx == GENUINE && comes && CAN_FORGE_HOST -> tlsa = FORGED; acts = true
  :: mx == GENUINE && comes && CAN_FORGE_HOST -> tlsa = ABSENT; acts = true
  :: mx == GENUINE && comes && CAN_FAIL  -> tlsa = FAILED; acts = true
#endif
  :: mx == FAILED -> tlsa = FAILED
  fi
#endif
}

/* RFC 3207 section 6: who is in between can delete the "250 STARTTLS" response, or answer himself. */
inline choosesCertificate() {
  if
  :: certificate = PLAIN
  :: certificate = SELF_SIGNED
  :: certificate = OWN_NAME
  :: CAN(HOST_CERT)  -> certificate = FALSE_CERT
  :: CAN(SERVER_KEY) -> certificate = TRUE_KEY
  fi
}

/* Passive reading adds nothing: the genuine server always offers STARTTLS, so that only TLS would be read. */
inline connect() {
  if
  :: address == FORGED -> peer = AT_HIS; acts = true; choosesCertificate()
  :: address == GENUINE -> peer = AT_GENUINE; certificate = TRUE_KEY
  :: address == GENUINE && comes && CAN(LINE) -> peer = AT_MIDDLE; acts = true; choosesCertificate()
  :: address == FAILED -> peer = NONE
  fi
}

/* D16 section 3.4 and RFC 8461 section 4.2: valid for the MX host's name, from a trusted CA. */
#define WEBPKI_VALID ((mx == GENUINE && (certificate == FALSE_CERT || certificate == TRUE_KEY)) || \
  (mx == FORGED && certificate == OWN_NAME))

/* D16 section 3.4 and RFC 8461 section 4.1: the name in the MX record against the names in the policy. */
#define ALLOWS(p) ((p) == FORGED_SHARED || (p) == FORGED_LAX || ((p) == GENUINE && mx == GENUINE) || \
  (((p) == FORGED_OWN || (p) == FORGED_OWN_W) && mx == FORGED))
#define PASSES(p) (ALLOWS(p) && WEBPKI_VALID)

/* RFC 7672 section 3.1.1: usage 3 compares the key and neither name nor issuer. */
#define TLSA_VALID ((tlsa == GENUINE && certificate == TRUE_KEY) || \
  (tlsa == FORGED && peer != AT_GENUINE && certificate != PLAIN))

/* RFC 8461 section 3.3: the fetch needs a certificate that is valid for the policy host. On the line or by a forged
   address he can answer it: with a certificate of his own it fails, with a false one his policy is read. */
inline fetchPolicy() {
  if
  :: https = GENUINE
  :: comes && (CAN(LINE) || CAN_FAIL) -> https = FAILED; acts = true
  :: comes && (CAN(LINE) || CAN_FORGE) && CAN(POLICY_CERT) -> acts = true;
     if
     :: https = FORGED_OWN
     :: https = FORGED_SHARED
     :: https = FORGED_LAX
     fi
  fi
}

#ifdef STS
/* RFC 8461 section 5.1 step 1: a cached policy that has not expired, else a new one. This sender also looks, as that
   step allows and section 5 asks before mail may fail for good, whether the TXT record has an id it does not know. */
inline discoverPolicy() {
  if
  :: txt = GENUINE
  :: comes && CAN_FAIL  -> txt = FAILED; acts = true   /* sections 3.1 and 10.2: as though there were none */
  :: comes && CAN_FORGE -> txt = FORGED; acts = true   /* another id, every time */
  fi;
  if
  :: txt != FAILED && (policy == NONE || txt == FORGED || otherId) ->
     fetchPolicy();
     if
     :: https == FAILED   /* section 3.3: on without a policy, or with the cached one */
     :: https != FAILED -> policy = https; age = 0; otherId = (txt == FORGED)
     fi
  :: else
  fi;
  rejects = (policy != NONE && policy != FORGED_LAX)   /* section 5: `none` is no policy */
}
#endif

/* RFC 8461 sections 3.3 and 10.2: once a day, in the background, whatever the TXT record says; what is known stays known
   under its id. */
inline refreshPolicy() {
  if
  :: policy != NONE ->
     fetchPolicy();
     if
     :: https == FAILED
     :: https != FAILED -> policy = https; age = 0
     fi
  :: policy == NONE
  fi
}

#ifdef DRAFT
inline lookUpPolicy() {
  if
  :: txt = GENUINE
  :: comes && CAN_FAIL  -> txt = NONE; acts = true     /* D16 section 6: as though there were none */
  :: comes && CAN_FORGE -> acts = true;
     if
     :: txt = FORGED_OWN      /* a=dnssec, which nothing in an unsigned zone can satisfy */
     :: txt = FORGED_OWN_W    /* a=webpki */
     :: txt = FORGED_SHARED   /* a=dnssec */
     :: txt = FORGED_LAX
     fi
  fi
}

/* D16 section 3.5, the control flow. Leaves in `belief` what the sender then does. */
inline applyDraft() {
  if
  :: policy == NONE ->
     /* Step 1; section 3.3: without a known policy, or with an expired one, what comes is trusted unauthenticated. */
     lookUpPolicy();
     if
     :: txt != NONE && PASSES(txt) -> policy = txt; age = 0; authenticated = true
     :: else   /* section 3.3: one that fails its first application is disregarded; 3.4: it rejects no mail */
     fi
  :: policy != NONE && PASSES(policy) -> authenticated = true   /* step 2 */
  :: policy == FORGED_LAX && !PASSES(policy)                    /* step 3 and no step 4 */
  :: policy != NONE && policy != FORGED_LAX && !PASSES(policy) ->
     /* Step 4: a new policy, authenticated as the cached one says (section 3.3). */
     lookUpPolicy();
     fetchPolicy();
     /* Web PKI: the body must be the TXT record's text. With a false certificate he serves the text that he put there. */
     candidate = NONE;
     if
     :: (policy == GENUINE || policy == FORGED_OWN_W) && txt != NONE &&
        ((txt == GENUINE && https == GENUINE) || (https != GENUINE && https != FAILED)) -> candidate = txt
     :: else
     fi;
     if
     :: candidate != NONE && PASSES(candidate) -> policy = candidate; age = 0; authenticated = true
     :: else -> rejects = true   /* appendix 1: and what failed is not cached */
     fi
  fi
}
#endif

inline deliver() {
  verdict = NONE; authenticated = false; rejects = false;
#ifdef STS
  discoverPolicy();
#endif
  lookUpMx();
  lookUpAddress();
#ifdef DANE
  lookUpTlsa();
#endif
  connect();
  if
  :: peer == NONE   /* RFC 5321 section 4.5.4.1: it stays in the queue */
  :: else ->
#ifdef DRAFT
     applyDraft();
#endif
#ifdef STS
     /* RFC 8461 section 5, "enforce". */
     if
     :: rejects && PASSES(policy) -> authenticated = true; rejects = false
     :: else
     fi;
#endif
#ifdef DANE
     /* RFC 7672 sections 2.1.2 and 2.2: a failed lookup makes the server unreachable; securely absent is opportunistic
        TLS; else TLS and a match. RFC 8461 section 2: a valid policy does not override what fails here. */
     if
     :: tlsa == FAILED || (tlsa != ABSENT && !TLSA_VALID) -> rejects = true
     :: tlsa != FAILED && tlsa != ABSENT && TLSA_VALID -> authenticated = true
     :: tlsa == ABSENT
     fi;
#endif
     if
     :: rejects
     :: !rejects ->
        verdict = (peer == AT_HIS -> ATTACKER : (peer == AT_MIDDLE -> READABLE : (authenticated -> PROVEN : ENCRYPTED)));
        belief = (authenticated -> PROVEN : (certificate == PLAIN -> BELIEVES_PLAIN : ENCRYPTED))
     fi
  fi;
  if
  :: verdict == NONE -> verdict = (acts -> WAITS : STUCK); belief = WAITS
  :: else
  fi
}

#define BREACH (verdict == READABLE || verdict == ATTACKER)

/* The formulas of content/laws.yaml; the number is the place in the list of commands/laws/spin.ts. */
inline judge() {
  if
  :: !acts && verdict > WITHOUT_HIM && harmedDays <= LIFETIME -> harmedDays++
  :: !acts && verdict > WITHOUT_HIM && harmedDays > LIFETIME
  :: else -> harmedDays = 0
  fi;
  if
  :: known && BREACH -> c_code { broken(1, now.budget, now.day); }
  :: else
  fi;
  if
  :: known && BREACH && began -> c_code { broken(2, now.budget, now.day); }
  :: else
  fi;
  if
  :: !known && BREACH -> c_code { broken(0, now.budget, now.day); }
  :: else
  fi;
  if
  :: !known && belief == PROVEN && verdict != PROVEN -> c_code { broken(3, now.budget, now.day); }
  :: else
  fi;
  if
  :: !known && harmedDays > 0 -> c_code { broken(4, now.budget, now.day); harmed(now.budget, now.harmedDays); }
  :: else
  fi;
  if
  :: !known && harmedDays > LIFETIME -> c_code { broken(5, now.budget, now.day); }
  :: else
  fi
}

/* A day passes. An expired policy is none (D16 section 3.3, RFC 8461 section 5.1 step 1). */
inline night() {
  if
  :: policy != NONE && age < LIFETIME -> age++
  :: policy != NONE && age >= LIFETIME -> policy = NONE; age = 0; otherId = false
  :: policy == NONE
  fi;
  if
  :: day < HORIZON -> day++
  :: else
  fi;
  comes = false; acts = false; began = false; authenticated = false; rejects = false;
  txt = 0; https = 0; mx = 0; address = 0; tlsa = 0; peer = 0; certificate = 0; candidate = 0; verdict = 0; belief = 0
}

active proctype world() {
  atomic {
    do
    :: budget < EVERYTHING -> budget++
    :: break
    od;
    if
    :: skip
    :: known = true;
#if defined(DRAFT) || defined(STS)
       policy = GENUINE; age = 1
#endif
    fi
  };
  do
  :: atomic {
       began = (policy == GENUINE);
       if
       :: comes = false
       :: comes = true
       fi;
       deliver();
#ifdef REFRESH
       refreshPolicy();
#endif
       judge();
       night()
     }
  od
}
