#!/usr/bin/env python3
"""
A small implementation in another language, written from docs/corpus.md and the cases alone, before its writer had read
anything in src/: where it had to guess, the document was mended. It skips senders that depart from the standard and the
draft of 2016. With WRONG=1 "*" stands for several labels too, a fault that the runner must find; DIES_AT=ID ends it there.
"""
import json
import os
import re
import sys


def fields_of(records, version):
    """The fields of the one record that begins with the version, by name; the first counts. Or the error, a text."""
    ours = [text for text in map("".join, records) if re.match(rf"{version}[ \t]*(;|\Z)", text)]
    if len(ours) != 1:
        return "multiple-records" if ours else "no-record"
    parts = re.split(r"[ \t]*;[ \t]*", ours[0])[1:]
    fields = {}
    for part in parts[:-1] if parts[-1:] == [""] else parts:
        value = r"[\x21-\x3a\x3c\x3e-\x7e]+" if version == "v=STSv1" or not part.startswith("rua=") else ".+"
        match = re.fullmatch(rf"([A-Za-z0-9][\w.-]{{0,31}})=({value})", part, re.ASCII)
        if not match:
            return "syntax"
        fields.setdefault(match[1], match[2])
    return fields


def sts_txt(txt):
    fields = fields_of(txt, "v=STSv1")
    if not isinstance(fields, str) and not re.fullmatch("[A-Za-z0-9]{1,32}", fields.get("id", "")):
        fields = "syntax"
    return {"valid": False, "error": fields} if isinstance(fields, str) else {"valid": True, "id": fields["id"]}


def tlsrpt_txt(txt):
    fields = fields_of(txt, "v=TLSRPTv1")
    rua = [] if isinstance(fields, str) else re.split(r"[ \t]*,[ \t]*", fields.get("rua", ""))
    if not all(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s!]+", uri) for uri in rua):
        fields = "syntax"
    if isinstance(fields, str):
        return {"valid": False, "error": fields}
    unsupported = [uri for uri in rua if not uri.lower().startswith(("mailto:", "https:"))]
    return {"valid": True, "rua": rua, "unsupportedScheme": unsupported}


LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"


def policy(body, status=200, contentType="text/plain", **_):
    mx, fields, error = [], {}, None
    if status != 200:
        error = "http-status"
    elif len(body.encode()) > 65536:
        error = "too-large"
    elif contentType.split(";")[0].strip().lower() != "text/plain":
        error = "content-type"
    else:
        lines = body.replace("\r\n", "\n").split("\n")
        for line in lines[:-1] if lines[-1] == "" else lines:
            match = re.fullmatch(r"([A-Za-z0-9][\w.-]{0,31}):[ \t]*([^\x00-\x1f\x7f]*?)[ \t]*", line, re.ASCII)
            if not match:
                return {"valid": False, "error": "syntax"}
            mx += [match[2]] if match[1] == "mx" else []
            fields.setdefault(match[1], match[2])
        age = fields.get("max_age", "")
        if fields.get("version") != "STSv1":
            error = "version"
        elif fields.get("mode") not in ("enforce", "testing", "none"):
            error = "mode"
        elif not re.fullmatch("[0-9]{1,10}", age) or int(age) > 31557600:
            error = "max_age"
        elif not (mx or fields["mode"] == "none") or not all(re.fullmatch(rf"(\*\.)?{LABEL}(\.{LABEL})*", x) for x in mx):
            error = "mx"
    if error:
        return {"valid": False, "error": error}
    return {"valid": True, "mode": fields["mode"], "max_age": int(age), "mx": mx}


def fits(pattern, host):
    wanted, labels = pattern.lower().split("."), host.lower().removesuffix(".").split(".")
    if wanted[0] == "*" and labels[0] and len(wanted) > 1:
        return wanted[1:] == (labels[1:] if not os.environ.get("WRONG") else labels[1:][-len(wanted) + 1:])
    return wanted == labels


def der(octets):
    """The tags of the parts of the one SEQUENCE that this is; None where it is none."""
    def parts(rest):
        while rest:
            size, start = rest[1], 2
            if size & 0x80:
                start += size & 0x7F
                size = int.from_bytes(rest[2:start], "big")
            if start + size > len(rest):
                raise IndexError
            yield rest[0], rest[start:start + size]
            rest = rest[start + size:]
    try:
        [(tag, content)] = parts(octets)
        return [part for part, _ in parts(content)] if tag == 0x30 else None
    except (IndexError, ValueError):
        return None


def tlsa(presentation=None, wire=None):
    if wire is None:
        text = re.sub(r";[^\n]*|[()]", " ", presentation).strip()
        generic = re.fullmatch(r"\\#\s+(\d+)\s*([0-9A-Fa-f\s]*)", text)
        plain = re.fullmatch(r"(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})\s+([0-9A-Fa-f\s]+)", text)
        wire = re.sub(r"\s", "", generic[2] if generic else plain[4] if plain else "")
        head = [] if generic or not plain else [int(plain[each]) for each in (1, 2, 3)]
        if len(wire) % 2 or max(head, default=0) > 255 or (generic and len(wire) != 2 * int(generic[1])):
            return {"parse": "error"}
        wire = bytes(head).hex() + wire
    usage, selector, matching, *data = list(bytes.fromhex(wire)) if len(wire) >= 6 else [None] * 3
    if usage is None:
        return {"parse": "error"}
    sizes = {1: len(data) == 32, 2: len(data) == 64}
    if matching == 0 and selector in (0, 1):
        sizes[0] = der(bytes(data)) == ([0x30, 0x30, 0x03] if selector == 0 else [0x30, 0x03])
    usable = usage in (2, 3) and selector in (0, 1) and sizes.get(matching, False)
    fields = {"usage": usage, "selector": selector, "matchingType": matching, "data": bytes(data).hex()}
    return {"parse": "ok", **fields, "usableForSmtp": usable}


def above(name, zone):
    return zone == "." or name == zone or name.endswith("." + zone)


class World:
    def __init__(self, world, now, attacker):
        self.world, self.now, self.attacker = world, now, attacker

    def forged(self, where, name, type_):
        acts = self.attacker.get(where, [])
        return next((act["action"] for act in acts if (act["name"], act["type"]) == (name, type_)), None)

    def lookup(self, name, type_):
        """(kind: found, nodata, nxdomain or failed; is secure; records; is each alias secure; where they lead)"""
        forged = self.forged("stub", name, type_) if self.world["resolver"]["path"] == "attackable" else None
        secure, aliases, validates = True, [], self.world["resolver"]["validates"]
        while len(aliases) < 10:
            zones = sorted((z for z in self.world["zones"] if above(name, z["name"])), key=lambda z: len(z["name"]))
            zone = zones[-1] if zones else {"name": "", "records": []}
            own = [record for record in zone["records"] if record["name"] == name]
            found = [record for record in own if record["type"] == type_]
            alias = [record["target"] for record in own if record["type"] == "CNAME"]
            below = name == zone["name"] or any(above(record["name"], name) for record in zone["records"])
            kind = "found" if found else "nodata" if below else "nxdomain"
            if forged is None:
                signed = validates and all(each["signed"] for each in zones)
                forged = self.forged("dns", name, type_)
                refused = forged is not None and zone["name"] not in self.attacker.get("zoneKeys", [])
                if type_ in zone.get("failing", []) or (signed and (refused or zone.get("expired") or type_ in zone.get("bogus", []))):
                    forged = "drop"
                secure = secure and signed
            if forged is not None:
                kind, alias, found = "found", [], []
                if isinstance(forged, dict):
                    found = forged["answer"]
                elif forged == "tlsa-of-attacker":
                    found = [{"usage": 3, "selector": 1, "matchingType": 1, "of": "attacker"}]
                else:
                    kind = forged if forged in ("nodata", "nxdomain") else "failed"
            if found or not alias:
                return (kind, secure, found, aliases, name)
            aliases.append(secure)
            name = alias[0]
        return ("failed", False, [], aliases, name)

    def addresses(self, host):
        answer = self.lookup(host, "A")
        return answer if answer[0] in ("found", "failed") else self.lookup(host, "AAAA")

    def certificate(self, id_):
        known = self.world["certificates"][id_]
        names = [] if known.get("commonNameOnly") else known["names"]
        sent = known.get("anchorSent", known["issuer"] == "own-anchor")
        return {**known, "id": id_, "names": names, "anchorSent": sent}

    def server(self, address, host):
        """(whose, certificate or None where there is no TLS); None where it cannot be used."""
        server = next((each for each in self.world["servers"] if each["address"] == address), None)
        if server is None or server.get("down"):
            return None
        attack = self.attacker.get("smtp", "") if server["owner"] == "genuine" else ""
        shown = self.certificate(server["certificate"]) if server.get("certificate") else None
        if attack.startswith("mitm-"):
            names = ["of.attacker.example"] if attack == "mitm-ca-wrong" else [host]
            own = {"id": None, "issuer": "self" if attack == "mitm-self" else "public-ca", "names": names, "anchorSent": True}
            return ("attacker", shown if attack == "mitm-server-key" else own)
        if server.get("refuses"):
            return None
        tls = server["starttls"] and not server.get("handshakeBroken") and attack != "strip"
        return (server["owner"], shown if tls else None)


def good(certificate, host):
    fit = any(fits(name, host) for name in certificate["names"])
    return fit and certificate["issuer"] == "public-ca" and not certificate.get("expired")


def fetch(world, host):
    forged, attack = world.forged("dns", host, "A"), world.attacker.get("https")
    if world.addresses(host)[0] != "found" or attack == "refuse" or (forged and not attack):
        return None
    if attack:
        return policy(attack["body"]) if attack["certificate"] == "rogue" else None
    server = next((each for each in world.world["policyHosts"] if each["host"] == host and not each.get("down")), None)
    return policy(**server) if server and good(world.certificate(server["certificate"]), host) else None


def sts_policy(world, memory):
    domain = world.world["domain"]
    rows = world.lookup("_mta-sts." + domain, "TXT")[2]
    record = sts_txt([[row["text"]] for row in rows])
    if memory.get("until", 0) <= world.now:
        memory.clear()
    if record["valid"] and memory.get("id") != record["id"]:
        read = fetch(world, "mta-sts." + domain)
        if read and read["valid"]:
            memory.update(id=record["id"], policy=read, until=world.now + read["max_age"])
    return memory["policy"] if memory and memory["policy"]["mode"] != "none" else None


def dane_records(world, host):
    """(None: opportunistic, "failed", or the usable records; the names that a certificate may have)"""
    kind, secure, _, aliases, end = world.addresses(host)
    names = [end, host] if secure and aliases else [host]
    if kind == "failed":
        return ("failed", names)
    if not all(aliases[:1]) or not (secure or aliases):
        return (None, names)
    for name in names:
        kind, secure, rows, _, _ = world.lookup("_25._tcp." + name, "TLSA")
        if kind == "failed":
            return ("failed", names)
        if rows and secure:
            return ([r for r in rows if r["usage"] in (2, 3) and r["selector"] in (0, 1) and r["matchingType"] < 3], names)
    return (None, names)


def matches(world, record, owner, shown, names):
    of = record["of"]
    if not isinstance(of, dict) or "certificate" not in of:
        return of == "attacker" and owner == "attacker"
    if record["usage"] == 3:
        return of["part"] == "leaf" and of["certificate"] == shown["id"]
    fit = any(fits(name, host) for name in shown["names"] for host in names) and not shown.get("expired")
    issuer = world.certificate(of["certificate"])["issuer"]
    return of["part"] == "anchor" and fit and shown["anchorSent"] and shown["issuer"] == issuer != "self"


def deliver(world, sender, memory):
    """(verdict, belief)"""
    domain, protection = world.world["domain"], sender["protection"]
    kind, mx_secure, rows, _, _ = world.lookup(domain, "MX")
    if kind == "nxdomain" or any(row["exchange"] == "." for row in rows):
        return ("refused", "undelivered")
    hosts = [row["exchange"] for row in sorted(rows, key=lambda row: row["preference"])] or [domain]
    sts = sts_policy(world, memory) if "mta-sts" in protection else None
    enforced = sts is not None and sts["mode"] == "enforce"
    for host in hosts if kind != "failed" else []:
        dane, names = dane_records(world, host) if "dane" in protection and mx_secure else (None, [])
        listed = sts is not None and any(fits(each, host) for each in sts["mx"])
        if dane == "failed" or (protection == "dane-only" and not dane) or (enforced and not listed):
            continue
        for address in world.addresses(host)[2]:
            owner, shown = world.server(address["address"], host) or ("nobody", None)
            tls = enforced or dane is not None or protection in ("encrypt", "secure")
            if owner == "nobody" or (tls and not shown):
                continue
            proofs = []
            if protection == "secure":
                proofs.append(any(above(name, domain) and good(shown, name) for name in shown["names"]))
            if dane:
                proofs.append(any(matches(world, record, owner, shown, [*names, domain]) for record in dane))
            if enforced:
                proofs.append(good(shown, host))
            if not all(proofs):
                continue
            belief = "proven" if proofs else "encrypted" if shown else "readable"
            verdict = {"encrypted": "unproven"}.get(belief, belief)
            return ("delivered-" + ("to-attacker" if owner == "attacker" else verdict), belief)
    return ("refused" if sender["queueLifetimeOver"] else "waits", "undelivered")


def delivery(sender, clockSeconds, attacker, past=None, **world):
    if sender["profile"] != "strict" or sender["protection"] == "smtp-sts-2016":
        return None
    memory = {}
    for before in past["deliveries"] if past else []:
        then = World({**world, **past}, clockSeconds - before["secondsBefore"], before.get("attacker", {}))
        deliver(then, sender, memory)
    return dict(zip(("verdict", "belief"), deliver(World(world, clockSeconds, attacker), sender, memory)))


KINDS = {
    "mta-sts-txt": sts_txt,
    "mta-sts-policy": policy,
    "mta-sts-mx-match": lambda patterns, host: {"match": any(fits(each, host) for each in patterns)},
    "tlsrpt-txt": tlsrpt_txt,
    "tlsa-record": tlsa,
    "delivery": delivery,
}

for line in sys.stdin:
    case = json.loads(line)
    if case["id"] == os.environ.get("DIES_AT"):
        sys.exit(3)
    answer = KINDS[case["kind"]](**case["input"])
    print(json.dumps({"id": case["id"], **({"answer": answer} if answer else {"skip": True})}), flush=True)
