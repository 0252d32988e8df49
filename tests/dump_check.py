#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What tests of q931-dump ask of its JSON.

usage: dump_check.py schema SCHEMA FILE    each line is as the schema says
       dump_check.py tshark PCAP FILE      message type, call reference and causes as tshark has them
       dump_check.py frames HEX FILE       the octets are those of the lines of hex, in order
       dump_check.py messages HEX FILE     likewise, but messages only, without layer 2
FILE is the output of q931-dump --json.
"""
import json
import subprocess
import sys

TYPES = {'object': dict, 'array': list, 'string': str, 'integer': int, 'number': (int, float),
         'boolean': bool, 'null': type(None)}


def of_type(value, name):
    if isinstance(value, bool):
        return name == 'boolean'
    return isinstance(value, TYPES[name])


def validate(value, schema, where):
    """The part of JSON Schema that ours uses."""
    names = schema.get('type', [])
    names = [names] if isinstance(names, str) else names
    if names and not any(of_type(value, name) for name in names):
        raise ValueError(f'{where}: {value!r} is not {names}')
    if 'enum' in schema and value not in schema['enum']:
        raise ValueError(f'{where}: {value!r} is none of {schema["enum"]}')
    if isinstance(value, dict):
        known = schema.get('properties', {})
        for key in schema.get('required', []):
            if key not in value:
                raise ValueError(f'{where}: no {key}')
        for key, inner in value.items():
            if key in known:
                validate(inner, known[key], f'{where}.{key}')
            elif schema.get('additionalProperties') is False:
                raise ValueError(f'{where}: {key} is not in the schema')
    if isinstance(value, list) and 'items' in schema:
        for i, inner in enumerate(value):
            validate(inner, schema['items'], f'{where}[{i}]')


def load(path):
    with open(path, encoding='utf-8') as f:
        return [json.loads(line) for line in f]


def schema(path, lines):
    with open(path, encoding='utf-8') as f:
        wanted = json.load(f)
    for i, line in enumerate(lines, 1):
        validate(line, wanted, f'line {i}')
    return len(lines)


def tshark_fields(path):
    """For each frame: message type, call reference, flag, causes; None where it has no message."""
    names = ['frame.number', 'q931.disc', 'q931.message_type', 'q931.call_ref', 'q931.call_ref_flag',
             'q931.cause_value']
    args = ['tshark', '-r', path, '-T', 'fields', '-o', 'q931.reassembly:FALSE']
    for name in names:
        args += ['-e', name]
    text = subprocess.run(args, capture_output=True, check=True, text=True).stdout
    return [line.split('\t') for line in text.splitlines()]


def first(text, base=16):
    return int(text.split(',')[0], base) if text else None


def compare(row, line):
    message = line.get('message')
    if first(row[1]) != 8 or not message or message['discriminator'] != 8:
        assert bool(row[1]) == bool(message or line['complaints']), (row, line)
        return False
    if 'segments' in line:  # ours is the whole message
        return False
    reference = message['call_reference']
    assert first(row[2]) == message['type'], (row, line)
    if reference['length']:
        assert first(row[3]) == reference['value'], (row, line)
        assert row[4].split(',')[0] in (str(int(reference['flag'])), str(reference['flag'])), (row, line)
    causes = [e['value'] for e in message['elements'] if e.get('element') == 'cause' and 'value' in e and
              e['codeset'] == 0 and e['coding'] < 2]  # tshark shows others as octets
    if not any(c['kind'] == 'message' for c in line['complaints']):
        assert [int(c) for c in row[5].split(',') if c] == causes, (row, line)
    return True


def tshark(path, lines):
    rows = tshark_fields(path)
    by_number = {line['number']: line for line in lines}
    assert len(rows) == len(lines), f'{len(rows)} frames, and {len(lines)} lines'
    return sum(compare(row, by_number[int(row[0])]) for row in rows)


def frames(path, lines, head=0):
    with open(path, encoding='ascii') as f:
        wanted = [line.split()[-1] for line in f if not line.startswith('#')]
    if head:  # I frames and UI of SAPI 0 with something in them
        wanted = [w[8 if int(w[4:6], 16) & 1 == 0 else 6:] for w in wanted
                  if w[:2] in ('00', '02') and (int(w[4:6], 16) & 1 == 0 or w[4:6] == '03')]
    got = [line['octets'] for line in lines]
    assert got == wanted, '\n'.join(f'{g} {w}' for g, w in zip(got, wanted) if g != w) or (got, wanted)
    return len(got)


def messages(path, lines):
    return frames(path, lines, head=1)


if __name__ == '__main__':
    count = {'schema': schema, 'tshark': tshark, 'frames': frames, 'messages': messages}[sys.argv[1]](
        sys.argv[2], load(sys.argv[3]))
    print(count)
    sys.exit(count == 0)
