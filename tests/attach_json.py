# SPDX-License-Identifier: BSD-2-Clause
"""Check lines of JSON against a part of a schema: attach_json.py SCHEMA PART [EXPRESSION] <LINES

Knows type, required, properties, items, enum and $ref. A member that the schema does not
know is a fault here: the schema is to tell of all. EXPRESSION is python on o, the last object.
"""
import json
import sys

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


def is_type(value, name):
    return isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


def check(schema, rule, value, where):
    if "$ref" in rule:
        rule = schema["$defs"][rule["$ref"].rsplit("/", 1)[1]]
    names = rule.get("type", [])
    names = names if isinstance(names, list) else [names]
    if names and not any(is_type(value, n) for n in names):
        return ["%s: %r is not %s" % (where, value, " or ".join(names))]
    if "enum" in rule and value not in rule["enum"]:
        return ["%s: %r is none of %s" % (where, value, rule["enum"])]
    bad = []
    if isinstance(value, dict) and "properties" in rule:
        bad += ["%s: no member %s" % (where, m) for m in rule.get("required", []) if m not in value]
        for member, v in value.items():
            if member not in rule["properties"]:
                bad.append("%s: the schema does not know %s" % (where, member))
            else:
                bad += check(schema, rule["properties"][member], v, where + "." + member)
    if isinstance(value, list) and "items" in rule:
        for i, v in enumerate(value):
            bad += check(schema, rule["items"], v, "%s[%d]" % (where, i))
    return bad


def main():
    schema = json.load(open(sys.argv[1]))
    part = sys.argv[2]
    lines = sys.stdin.read().splitlines()
    bad = [] if lines else ["no line"]
    o = None
    for line in lines:
        o = json.loads(line)
        bad += check(schema, {"$ref": "#/$defs/" + part}, o, part)
    if not bad and len(sys.argv) > 3 and not eval(sys.argv[3]):
        bad.append("%s: %s is false: %s" % (part, sys.argv[3], lines[-1][:300]))
    print("\n".join(bad[:10]))
    return 1 if bad else 0


sys.exit(main())
