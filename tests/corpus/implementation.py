"""A second implementation, small and in another language, written from docs/corpus.md alone.

Reads records, policies and patterns, and plays deliveries without a past, by strict senders without the draft of 2016.
With WRONG in the environment it lets "*" stand for any number of labels: a fault that the runner must find.
"""

import json
import os
import re
import sys

BLANKS = " \t"
NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}"


class Skip(Exception):
    pass


def records(txt, version):
    """The joined records that begin with a version; the rest of each, after it."""
    found = []
    for strings in txt:
        text = "".join(strings)
        rest = text[len(version):].lstrip(BLANKS) if text.startswith(version) else None
        if rest is not None and (rest == "" or rest[0] == ";"):
            found.append(rest)
    return found


def sts_record(txt):
    found = records(txt, "v=STSv1")
    if len(found) != 1:
        return {"valid": False, "error": "no-record" if not found else "multiple-records"}
    parts = [part.strip(BLANKS) for part in found[0].split(";")]
    if parts and parts[-1] == "":
        parts.pop()
    fields = {}
    for part in parts[1:]:
        field = re.fullmatch(r"(%s)=([!-:<>-~]+)" % NAME, part)
        if not field:
            return {"valid": False, "error": "syntax"}
        fields.setdefault(field[1], field[2])
    if not re.fullmatch(r"[A-Za-z0-9]{1,32}", fields.get("id", "")):
        return {"valid": False, "error": "syntax"}
    return {"valid": True, "id": fields["id"]}


HOST = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"


def policy(body, status=200, contentType="text/plain"):
    wrong = lambda error: {"valid": False, "error": error}
    if status != 200:
        return wrong("http-status")
    if contentType.split(";")[0].strip(BLANKS).lower() != "text/plain":
        return wrong("content-type")
    if len(body.encode()) > 65536:
        return wrong("too-large")
    fields, mx = {}, []
    lines = body.replace("\r\n", "\n").split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    for line in lines:
        field = re.fullmatch(r"(%s):[ \t]*(.*?)[ \t]*" % NAME, line)
        if not field or re.search(r"[\x00-\x1f\x7f]", field[2]):
            return wrong("syntax")
        if field[1] == "mx":
            mx.append(field[2])
        fields.setdefault(field[1], field[2])
    if fields.get("version") != "STSv1":
        return wrong("version")
    if fields.get("mode") not in ("enforce", "testing", "none"):
        return wrong("mode")
    age = fields.get("max_age", "")
    if not re.fullmatch(r"[0-9]{1,10}", age) or int(age) > 31557600:
        return wrong("max_age")
    if not all(re.fullmatch(r"(\*\.)?" + HOST, each) for each in mx) or (not mx and fields["mode"] != "none"):
        return wrong("mx")
    return {"valid": True, "mode": fields["mode"], "max_age": int(age), "mx": mx}


def fits(pattern, host):
    pattern, host = pattern.lower(), host.lower().removesuffix(".")
    if not pattern.startswith("*."):
        return pattern == host
    if os.environ.get("WRONG"):
        return host.endswith(pattern[1:])
    label, _, rest = host.partition(".")
    return label not in ("", "*") and rest == pattern[2:] != ""


def tlsa(presentation=None, wire=None):
    if wire is not None:
        octets = bytes.fromhex(wire)
        if len(octets) < 3:
            return {"parse": "error"}
        usage, selector, matching, data = octets[0], octets[1], octets[2], octets[3:].hex()
    else:
        parts = re.sub(r";[^\n]*", "", presentation).replace("(", " ").replace(")", " ").split()
        if parts[:1] == ["\\#"]:
            generic = "".join(parts[2:])
            return tlsa(wire=generic) if len(generic) == 2 * int(parts[1]) else {"parse": "error"}
        if len(parts) < 4 or not all(part.isdigit() and int(part) < 256 for part in parts[:3]):
            return {"parse": "error"}
        usage, selector, matching = map(int, parts[:3])
        data = "".join(parts[3:]).lower()
        if not re.fullmatch(r"([0-9a-f]{2})+", data):
            return {"parse": "error"}
    if matching == 0 and usage in (2, 3) and selector in (0, 1) and data:
        raise Skip  # No reader of DER here.
    usable = usage in (2, 3) and selector in (0, 1) and len(data) == {1: 64, 2: 128}.get(matching)
    return {"parse": "ok", "usage": usage, "selector": selector, "matchingType": matching, "data": data, "usableForSmtp": usable}


class World:
    def __init__(self, world):
        self.world, self.attacker = world, world["attacker"]
        if "past" in world or self.attacker.get("zoneKeys") or self.attacker.get("serverKeys"):
            raise Skip
        if self.attacker.get("stub"):
            raise Skip

    def zone(self, name):
        inside = [z for z in self.world["zones"] if z["name"] == "." or name == z["name"] or name.endswith("." + z["name"])]
        return max(inside, key=lambda z: 0 if z["name"] == "." else len(z["name"]))

    def is_signed(self, name):
        """Every zone from the root down to the one that holds the name."""
        zones = [z for z in self.world["zones"] if z["name"] == "." or name == z["name"] or name.endswith("." + z["name"])]
        return self.world["resolver"]["validates"] and all(z["signed"] for z in zones)

    def lookup(self, name, type_, seen=()):
        """("found" | "absent" | "failed", is secure, records, where aliases lead, nxdomain)"""
        zone, secure = self.zone(name), self.is_signed(name)
        attack = next((a["action"] for a in self.attacker.get("dns", []) if (a["name"], a["type"]) == (name, type_)), None)
        if name in seen or type_ in zone.get("failing", []) or attack in ("drop", "servfail"):
            return ("failed", False, [], name, False)
        if secure and (zone.get("expired") or type_ in zone.get("bogus", []) or attack is not None):
            return ("failed", False, [], name, False)
        if attack in ("nxdomain", "nodata"):
            return ("absent", False, [], name, attack == "nxdomain")
        if attack == "tlsa-of-attacker":
            return ("found", False, [{"attacker": True}], name, False)
        if attack is not None:
            return ("found", False, attack["answer"], name, False)
        own = [r for r in zone["records"] if r["name"] == name]
        found = [r for r in own if r["type"] == type_]
        alias = next((r for r in own if r["type"] == "CNAME"), None)
        if not found and alias:
            kind, further, rows, end, nx = self.lookup(alias["target"], type_, seen + (name,))
            return (kind, secure and further, rows, end, nx)
        if found:
            return ("found", secure, found, name, False)
        below = any(r["name"].endswith("." + name) for z in self.world["zones"] for r in z["records"])
        return ("absent", secure, [], name, not own and not below)

    def addresses(self, host):
        answer = self.lookup(host, "A")
        return self.lookup(host, "AAAA") if answer[0] == "absent" and not answer[4] else answer

    def certificate(self, id_, want):
        """What is shown: (id, is trusted and in time, names)."""
        made = {"mitm-self": ("!self", False, []), "mitm-ca-wrong": ("!ca", True, ["mail.attacker.example"]),
                "mitm-rogue-ca": ("!rogue", True, [want])}
        if id_ in made:
            return made[id_]
        known = self.world["certificates"][id_]
        names = [] if known.get("commonNameOnly") else known["names"]
        return (id_, known["issuer"] == "public-ca" and not known.get("expired"), names)

    def server(self, address):
        """What answers at an address: (offers TLS, certificate or None when TLS fails, whose, read in the clear)."""
        server = next((s for s in self.world["servers"] if s["address"] == address), None)
        if server is None or server.get("down"):
            return None
        if server.get("refuses"):
            raise Skip
        attack = self.attacker.get("smtp") if server["owner"] == "genuine" else None
        if attack == "mitm-server-key":
            return (True, server["certificate"], "attacker", True)
        if attack and attack.startswith("mitm-"):
            return (True, attack, "attacker", True)
        if attack == "strip":
            return (False, None, "genuine", True)
        shown = None if server.get("handshakeBroken") else server.get("certificate")
        return (server["starttls"], shown, server["owner"], bool(self.attacker.get("reads")))


def sts_policy(world, domain):
    kind, _, rows, _, _ = world.lookup("_mta-sts." + domain, "TXT")
    if kind != "found" or not sts_record([[r["text"]] for r in rows])["valid"]:
        return None
    name = "mta-sts." + domain
    kind, _, _, _, _ = world.addresses(name)
    https = world.attacker.get("https")
    host = next((h for h in world.world["policyHosts"] if h["host"] == name), None)
    if kind != "found" or https == "refuse":
        return None
    if isinstance(https, dict):
        if https["certificate"] == "self":
            return None
        read = policy(https["body"])
    elif host is None or host.get("down") or any(a["name"] == name for a in world.attacker.get("dns", [])):
        return None
    else:
        _, trusted, names = world.certificate(host["certificate"], name)
        if not trusted or not any(fits(each, name) for each in names):
            return None
        read = policy(host["body"], host["status"], host["contentType"])
    return read if read["valid"] and read["mode"] != "none" else None


def dane_demand(world, host, mx_secure):
    """None (opportunistic), "skip", "encrypt", or the records of which one must match."""
    kind, secure, _, end, _ = world.addresses(host)
    if kind == "failed":
        return "skip"
    if not mx_secure or not world.is_signed(host) or (not secure and end == host):
        return None
    for base in dict.fromkeys([end, host] if secure else [host]):
        kind, secure, rows, _, _ = world.lookup("_25._tcp." + base, "TLSA")
        if kind == "failed":
            return "skip"
        if kind == "found" and secure:
            usable = [r for r in rows if r["usage"] in (2, 3) and r["selector"] in (0, 1) and r["matchingType"] in (0, 1, 2)
                      and not (isinstance(r["of"], dict) and "hex" in r["of"])]
            return usable or "encrypt"
    return None


def matches(world, rows, id_, host, domain):
    for row in rows:
        of = row["of"] if isinstance(row["of"], dict) else {}
        if row["usage"] == 3 and of == {"certificate": id_, "part": "leaf"}:
            return True
        if row["usage"] == 2:
            raise Skip
    return False


def deliver(world_input):
    world = World(world_input)
    sender, domain = world_input["sender"], world_input["domain"]
    protection = sender["protection"]
    if sender["profile"] != "strict" or protection in ("smtp-sts-2016", "dane-only", "secure"):
        raise Skip
    undelivered = {"verdict": "refused" if sender["queueLifetimeOver"] else "waits", "belief": "undelivered"}
    uses_dane, uses_sts = protection.startswith("dane"), protection.endswith("mta-sts")
    sts = sts_policy(world, domain) if uses_sts else None
    kind, mx_secure, rows, _, nx = world.lookup(domain, "MX")
    if kind == "failed":
        return undelivered
    if kind == "absent" and nx or any(r["exchange"] == "." for r in rows):
        return {"verdict": "refused", "belief": "undelivered"}
    hosts = [r["exchange"] for r in sorted(rows, key=lambda r: r["preference"])] or [domain]
    for host in hosts:
        demand = dane_demand(world, host, mx_secure) if uses_dane else None
        enforced = sts is not None and sts["mode"] == "enforce"
        listed = sts is None or any(fits(each, host) for each in sts["mx"])
        if demand == "skip" or (enforced and not listed):
            continue
        must = demand is not None or enforced or protection == "encrypt"
        kind, _, addresses, _, _ = world.addresses(host)
        for address in [r["address"] for r in addresses] if kind == "found" else []:
            server = world.server(address)
            if server is None:
                continue
            offers, shown, owner, read = server
            if not offers or shown is None:
                if must:
                    continue
                verdict = "delivered-to-attacker" if owner == "attacker" else "delivered-readable"
                return {"verdict": verdict, "belief": "readable"}
            id_, trusted, names = world.certificate(shown, host)
            proven = False
            if isinstance(demand, list):
                if not matches(world, demand, id_, host, domain):
                    continue
                proven = True
            if sts is not None:
                good = listed and trusted and any(fits(each, host) for each in names)
                if enforced and not good:
                    continue
                proven = proven or (enforced and good)
            if owner == "attacker":
                return {"verdict": "delivered-to-attacker", "belief": "proven" if proven else "encrypted"}
            return {"verdict": "delivered-proven" if proven else "delivered-unproven", "belief": "proven" if proven else "encrypted"}
    return undelivered


KINDS = {
    "mta-sts-txt": lambda input_: sts_record(input_["txt"]),
    "mta-sts-policy": lambda input_: policy(**input_),
    "mta-sts-mx-match": lambda input_: {"match": any(fits(each, input_["host"]) for each in input_["patterns"])},
    "tlsa-record": lambda input_: tlsa(**input_),
    "delivery": deliver,
}

for line in sys.stdin:
    case = json.loads(line)
    if case["id"] == os.environ.get("DIES_AT"):
        sys.exit(3)
    try:
        if case["kind"] not in KINDS:
            raise Skip
        print(json.dumps({"id": case["id"], "answer": KINDS[case["kind"]](case["input"])}), flush=True)
    except Skip:
        print(json.dumps({"id": case["id"], "skip": True}), flush=True)
