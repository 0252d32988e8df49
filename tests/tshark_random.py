#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What tshark 4.0 reads in the messages of make_random, field by field, against our JSON.

usage: tshark_random.py PCAPFILE JSONFILE SEED

For each message the values that each field of tshark must have, in the order of the wire, are made
from our JSON: one function an element. Where tshark reads an element in a way of its own, what is
expected is that, with the reason in EXCEPTIONS; each of these is thereby verified in every run.
"""
import collections
import json
import subprocess
import sys

EXCEPTIONS = {
    'discriminator': 'of discriminator 43 (NI-2) message types are shown with the names of Q.931',
    'no name': 'an element that tshark has no fields for is shown as octets (q931.data): they are '
               'compared with octets made from our fields',
    'octet 5b': 'tshark takes the octet behind 5a for the 5b of V.110, whatever the protocol, the '
                'one behind it for the 5b of V.120, and only the next for 5c: values under other '
                'names',
    'octet 5d': 'what tshark takes for 5c is 5d: duplex and modem type are shown as stop bits, '
                'data bits and parity; the octet is read once more, as that of layer 2 or 3',
    'octet 6a': 'bits 2-1, the layer 2 protocol of Q.933, are not shown',
    'octet 7a': 'of a user specified layer 3 protocol tshark shows 2 to the power of it, cut to '
                'four bits; of those other than X.25, ISO 8208, X.223 and TR 9577 nothing',
    'coding': 'with a coding standard that is not ITU-T, tshark shows the contents as octets',
    'rejection': 'what is behind the reason of cause 21 is octets: tshark looks for the reason in '
                 'the octet of the cause value',
    'condition': 'the condition is shown for causes 1, 3 and 49 only, other causes have octets',
    'timer': 'of the digits of a timer three are shown, less than three not at all',
    'basic': 'octets 3.2 and 3.3 are not read for a basic interface',
    'transit network': 'Transit network selection is read like Network-specific facilities: octet '
                       '3 as a length, the first digit as octet 3.1',
    'numbers': 'Original called and redirection number and Connected address have no fields',
    'octet 4a': 'the extended characteristics are shown for 5e, 5f, 60 to 62 and 68 only',
    'hlc': 'with another presentation method octets 4 and 4a are shown as octets',
    'undecoded': 'an expert entry says so for each operation that tshark does not know: 3PTY, ECT, '
                 'object identifiers, all numbers of 200 and more',
    'unsupported': 'an expert entry for errors of EN 300 196 that come with a parameter',
    'extension': 'the value behind the notification descriptions 3 and 64 is not read; an expert '
                 'entry says so',
    'segment': 'the first of several segments is read as the elements that it begins with',
}

# What is not asked for, and why.
NOT_ASKED = {
    'q931.extension_ind': 'no field of ours; test_roundtrip compares octets',
    'q931.information_element_len': 'likewise',
    'q932.ie.len': 'likewise',
    'q931.segment.*': 'reassembly is off',
    'CMIP, ACSE': 'tshark reads their contents as components of ROSE; not generated',
    'octet 3a of Facility': 'tshark takes it for a component: malformed; not generated',
    'networking extensions': 'their operations are read by the table of DSS1: generated are those '
                             'that are in no table, and those of DSS1 that have a valid argument',
    'inside an argument': 'our JSON has the octets, which are compared (q932.ros.argument)',
    'Date/time of 3 and 4 octets': 'an error to tshark; not generated',
}

FIELDS = '''
q931.disc q931.call_ref_len q931.call_ref_flag q931.call_ref q931.message_type
q931.maintenance_message_type q931.segment_type q931.segment.first q931.segment.not_first
q931.message_segment q931.information_element q931.locking_codeset q931.data
q931.sending_complete q931.more_data q931.congestion_level q931.repeat_indicator
q931.coding_standard q931.information_transfer_capability q931.out_band_negotiation
q931.transfer_mode q931.information_transfer_rate q931.bearer_capability.rate_multiplier
q931.bearer_capability.data q931.layer_ident q931.uil1 q931.layer_1
q931.layer_1_in_band_negotiation q931.bearer_capability.user_rate
q931.bearer_capability.intermediate_rate q931.send_data_net_independent_clock
q931.accept_data_net_independent_clock q931.send_data_flow_control q931.accept_data_flow_control
q931.rate_adaption_header q931.multiple_frame_establishment q931.mode_of_operation
q931.protocol_negotiation q931.message_originator q931.negotiation_is_done
q931.bearer_capability.stop_bits q931.bearer_capability.data_bits q931.bearer_capability.parity
q931.bearer_capability.duplex q931.bearer_capability.modem_type q931.uil2 q931.uil2_info
q931.bearer_capability.mode q931.bearer_capability.window_size q931.uil3
q931.bearer_capability.default_packet_size q931.bearer_capability.packet_window_size
q931.uil3_additional q931.cause_location q931.cause.recommendation q931.cause_value
q931.cause.data q931.network_service q931.extension_condition_type q931.extension_condition
q931.cause_call.rejection_reason q931.cause_call.condition
q931.cause_call.user_specific_diagnostic q931.cause_call.diagnostic q931.missing_info_element
q931.insufficient_info_element q931.cause_call.message_type q931.cause_call.rec_timer
q931.extension_ind_preference q931.extension_ind_new_status q931.call_state q931.call_state.data
q931.channel.interface_id_present q931.channel.interface_type q931.channel.exclusive
q931.channel.dchan q931.channel.selection q931.channel.interface_id q931.channel.map
q931.channel.element_type q931.channel.number q931.channel.slot_map q931.channel.data
q931.progress_indicator.location q931.progress_indicator.description
q931.progress_indicator.data q931.netid.length q931.netid.type q931.netid.plan q931.netid
q931.netid.facility_specification q931.notification_description q931.display_information
q931.avaya_display q931.date_time q931.keypad_facility q931.signal
q931.information_rate.incoming q931.information_rate.outgoing
q931.information_rate.minimum_incoming q931.information_rate.minimum_outgoing
q931.cumulative_transit_delay q931.requested_end_to_end_transit_delay
q931.maximum_end_to_end_transit_delay q931.transit_delay q931.fast_select q931.pl_request
q931.pl_binary_confirmation q931.pl_modulus q931.pl_window_size.forward_value
q931.pl_window_size.backward_value q931.packet_size.forward_value
q931.packet_size.backward_value q931.cug_indication q931.cug_index_code
q931.reverse_charging_ind q931.numbering_plan q931.number_type q931.screening_ind
q931.presentation_ind q931.extension.reason q931.calling_party_number.digits
q931.called_party_number.digits q931.connected_number.digits q931.redirecting_number.digits
q931.party_subaddr.type q931.party_subaddr.odd_even q931.party_subaddr q931.restart_indicator
q931.interpretation q931.presentation_method_protocol_profile q931.high_layer_characteristics
q931.extended_high_layer_characteristics q931.extended_audiovisual_characteristics
q931.high_layer_compat.data q931.user.protocol_discriminator q931.user.len q931.user.string
q931.user.bytes q931.party_category q931.invalid_length q931.date_time.invalid
q931.information_element.unknown q931.incomplete_ie data.data
q932.ie.type q932.ie.data q932.pp q932.nd q932.sourceEntity q932.destinationEntity
q932.NetworkProtocolProfile q932.InterpretationComponent q932.unknown_component
q932.dse_not_supported q932.acse_not_supported q932.ros.ROS q932.ros.invokeId
q932.ros.present q932.ros.InvokeId_present q932.ros.absent_element q932.ros.linkedId
q932.ros.opcode q932.ros.errcode q932.ros.local q932.ros.global q932.ros.argument
q932.ros.result q932.ros.parameter q932.ros.problem q932.ros.general q932.ros.invoke
q932.ros.returnResult q932.ros.returnError qsig.ie.type.cs4 qsig.ie.type.cs5 qsig.ie.data qsig.tc
qsig.pc _ws.malformed _ws.expert.message
'''.split()

BETWEEN = '\x1e'  # the values of one field


class Expected:
    """The values that each field must have, in order."""

    def __init__(self):
        self.fields = {}
        self.used = collections.Counter()

    def put(self, field, value):
        """An int, a bool, a str, bytes, or None for a field without a value."""
        self.fields.setdefault(field, []).append(value)

    def some(self, element, **fields):
        """JSON keys and the fields of tshark for those that are there."""
        for key, field in fields.items():
            if key in element:
                self.put(field, element[key])

    def octets(self, field, hex_digits):
        self.put(field, bytes.fromhex(hex_digits))

    def unnamed(self, *parts):
        """An element without fields: its contents, of octets (int) and strings of them."""
        self.used['no name'] += 1
        self.put('q931.data', b''.join(p if isinstance(p, bytes) else bytes([p]) for p in parts))

    def other(self, why):
        self.used[why] += 1


def text(s):
    """Octets of a string of our JSON: \\u00xx stands for an octet."""
    return s.encode('latin-1')


def shown(s):
    """How tshark shows octets that are no ASCII."""
    return ''.join(c if ord(c) < 0x80 else '\ufffd' for c in s)


def sum_bits(element, **shifts):
    """Bits of one octet, from fields and how far left each stands."""
    return sum(int(element.get(key, 0)) << shift for key, shift in shifts.items())


# --- bearer capability, low layer compatibility

def bit_names(octet, names):
    return [(field, bool(octet & bit)) for field, bit in names]


def as_v110(octet):
    return [('q931.bearer_capability.intermediate_rate', octet >> 5 & 3)] + bit_names(octet, (
        ('q931.send_data_net_independent_clock', 0x10),
        ('q931.accept_data_net_independent_clock', 0x08),
        ('q931.send_data_flow_control', 0x04), ('q931.accept_data_flow_control', 0x02)))


def as_v120(octet):
    return bit_names(octet, (
        ('q931.rate_adaption_header', 0x40), ('q931.multiple_frame_establishment', 0x20),
        ('q931.mode_of_operation', 0x10), ('q931.protocol_negotiation', 0x08),
        ('q931.message_originator', 0x04), ('q931.negotiation_is_done', 0x02)))


def as_stop_bits(octet):
    return [('q931.bearer_capability.stop_bits', octet >> 5 & 3),
            ('q931.bearer_capability.data_bits', octet >> 3 & 3),
            ('q931.bearer_capability.parity', octet & 7)]


def rate_octets(b):
    """Octets 5b to 5d, as many as there are, without the extension bit."""
    octets = []
    if 'header' in b:
        octets.append(sum_bits(b, header=6, multiframe=5, sensitive=4, lli_negotiation=3,
                               assignor=2, inband_lli=1))
    elif 'intermediate_rate' in b:
        octets.append(sum_bits(b, intermediate_rate=5, nic_tx=4, nic_rx=3, flow_tx=2, flow_rx=1))
    if 'stop_bits' in b:
        octets.append(sum_bits(b, stop_bits=5, data_bits=3, parity=0))
    if 'duplex' in b:
        octets.append(sum_bits(b, duplex=6, modem=0))
    return octets


def layer1(x, b):
    """The layers that tshark reads behind it."""
    x.put('q931.layer_ident', 1)
    x.put('q931.uil1', b['layer1'])
    if 'user_rate' not in b:
        return b
    x.some(b, asynchronous='q931.layer_1', inband='q931.layer_1_in_band_negotiation',
           user_rate='q931.bearer_capability.user_rate')
    octets = rate_octets(b)
    if len(octets) > 1 or 'header' in b:
        x.other('octet 5b')
    for octet, name in zip(octets, (as_v110, as_v120, as_stop_bits)):
        for field, value in name(octet):
            x.put(field, value)
    if len(octets) == 3:
        x.other('octet 5d')
        return b if once_more(x, octets[2], b) else {}
    return b


def once_more(x, octet, b):
    """Octet 5d as an octet 6 or 7. True when an octet 7 behind it is still read as such."""
    layer = octet >> 5 & 3
    if layer >= 2:
        x.put('q931.layer_ident', layer)
        x.put('q931.uil2' if layer == 2 else 'q931.uil3', octet & 0x1f)
    return layer == 2 and 'layer2' not in b


def layer2(x, b):
    x.put('q931.layer_ident', 2)
    x.put('q931.uil2', b['layer2'])
    x.some(b, layer2_mode='q931.bearer_capability.mode', layer2_user='q931.uil2_info',
           layer2_window='q931.bearer_capability.window_size')
    if 'layer2_q933' in b:
        x.other('octet 6a')


def layer3(x, b):
    x.put('q931.layer_ident', 3)
    x.put('q931.uil3', b['layer3'])
    if b['layer3'] in (6, 7, 8):
        x.some(b, layer3_mode='q931.bearer_capability.mode',
               packet_size='q931.bearer_capability.default_packet_size',
               packet_window='q931.bearer_capability.packet_window_size')
    elif b['layer3'] == 11:
        x.some(b, layer3_id='q931.uil3_additional')
    elif 'layer3_user' in b:
        x.other('octet 7a')
        x.put('q931.bearer_capability.default_packet_size', 1 << (b['layer3_user'] & 15) & 15)
    elif 'layer3_mode' in b:
        x.other('octet 7a')


def bearer(x, b):
    x.put('q931.coding_standard', b['coding'])
    if b['coding']:
        x.other('coding')
        octets = [0x80 | sum_bits(b, coding=5, capability=0), 0x80 | sum_bits(b, mode=5, rate=0)]
        if 'negotiation' in b:
            octets[0] &= 0x7f
            octets.insert(1, 0x80 | sum_bits(b, negotiation=6))
        x.put('q931.bearer_capability.data', bytes(octets))
        return
    x.some(b, capability='q931.information_transfer_capability',
           negotiation='q931.out_band_negotiation', mode='q931.transfer_mode',
           rate='q931.information_transfer_rate',
           multiplier='q931.bearer_capability.rate_multiplier')
    if 'layer1' in b:
        b = layer1(x, b)
    if 'layer2' in b:
        layer2(x, b)
    if 'layer3' in b:
        layer3(x, b)


# --- cause

def identifiers(elements):
    """The octets of diagnostics that name these elements."""
    codeset = 0
    for e in elements:
        if e['codeset'] != codeset:
            codeset = e['codeset']
            yield 0x90 | codeset
        yield e['identifier']


def diagnostic(x, value, d):
    octets = bytes.fromhex(d['octets'])
    if value in (1, 3, 49):
        x.put('q931.network_service', bool(octets[0] & 0x80))
        x.put('q931.extension_condition_type', bool(octets[0] & 0x40))
        x.put('q931.extension_condition', d.get('condition', octets[0] & 3))
    elif value == 21:
        x.other('rejection')
        x.put('q931.cause_call.rejection_reason', d.get('reason', octets[0] >> 2 & 0x1f))
        x.put('q931.cause_call.condition', d.get('condition', octets[0] & 3))
        if octets[1:]:
            x.put('q931.cause_call.diagnostic', octets[1:])
    elif value in (43, 88, 96, 99, 100):
        named = list(identifiers(d.get('elements', [])))
        for octet in named if len(named) == len(octets) else octets:
            x.put('q931.information_element', octet)
    elif value in (97, 101):
        x.put('q931.cause_call.message_type', d['type'])
    elif value == 102:
        x.other('timer')
        if len(octets) > 2:
            x.put('q931.cause_call.rec_timer', shown(d.get('timer', octets.decode('latin-1')))[:3])
    else:
        x.other('condition')
        x.put('q931.cause_call.diagnostic', octets)


def cause(x, c):
    x.put('q931.coding_standard', c['coding'])
    if c['coding'] > 1:
        x.other('coding')
        first = sum_bits(c, coding=5, location=0)
        head = [first, 0x80 | c['recommendation']] if 'recommendation' in c else [0x80 | first]
        octets = bytes.fromhex(c['diagnostic']['octets']) if 'diagnostic' in c else b''
        x.put('q931.cause.data', bytes(head + [0x80 | c['value']]) + octets)
        return
    x.some(c, location='q931.cause_location', recommendation='q931.cause.recommendation',
           value='q931.cause_value')
    if 'diagnostic' in c:
        diagnostic(x, c['value'], c['diagnostic'])


# --- facility

UNDECODED = {'invoke': 'INV', 'return result': 'RES', 'return error': 'ERR'}
ROS = {'invoke': 1, 'return result': 2, 'return error': 3, 'reject': 4}
PROBLEMS = {'general': (0, 'general'), 'invoke': (1, 'invoke'),
            'return result': (2, 'returnResult'), 'return error': (3, 'returnError')}
READ = {('invoke', 1), ('invoke', 41), ('invoke', 43), ('invoke', 44), ('return result', 40),
        *(('return error', n) for n in (0, 1, 2, 3, 4, 6, 48))}


def component(x, c):
    kind = c['component']
    x.put('q932.ros.ROS', ROS[kind])
    x.put('q932.ros.invokeId', int('invoke_id' not in c))
    if 'invoke_id' in c:
        x.put('q932.ros.present', c['invoke_id'])
    else:
        x.put('q932.ros.absent_element', None)
    if 'linked_id' in c:
        x.put('q932.ros.linkedId', 0)
        x.put('q932.ros.present', c['linked_id'])
    if kind == 'reject':
        number, field = PROBLEMS[c['problem_kind']]
        x.put('q932.ros.problem', number)
        x.put('q932.ros.' + field, c['problem'])
        return
    operation(x, c, kind, 'error' if kind == 'return error' else 'operation')


def operation(x, c, kind, key):
    if key not in c:
        return
    value = c[key]
    is_global = isinstance(value, str)
    x.put('q932.ros.errcode' if key == 'error' else 'q932.ros.opcode', int(is_global))
    x.put('q932.ros.global' if is_global else 'q932.ros.local', value)
    if 'argument' in c:
        x.octets({'invoke': 'q932.ros.argument', 'return result': 'q932.ros.result',
                  'return error': 'q932.ros.parameter'}[kind], c['argument'])
    if (kind, value) in READ:
        if kind == 'return error' and 'argument' in c:
            x.other('unsupported')
            x.put('_ws.expert.message', 'UNSUPPORTED ERROR TYPE (ETSI sup)')
        return
    x.other('undecoded')
    if 'argument' in c:
        x.octets('data.data', c['argument'])
    x.put('_ws.expert.message', 'Undecoded %s: %s' % (UNDECODED[kind], value))


def facility(x, f):
    x.put('q932.pp', f['profile'])
    x.some(f, source='q932.sourceEntity', destination='q932.destinationEntity',
           npp='q932.NetworkProtocolProfile', interpretation='q932.InterpretationComponent')
    for c in f['components']:
        component(x, c)


def ber(tag, contents):
    length = [len(contents)] if len(contents) < 128 else [0x81, len(contents)]
    return bytes([tag] + length) + contents


def ber_integer(tag, value):
    return ber(tag, value.to_bytes((value + (value < 0)).bit_length() // 8 + 1, 'big',
                                   signed=True))


def ber_operation(value):
    if isinstance(value, int):
        return ber_integer(2, value)
    arcs = [int(a) for a in value.split('.')]
    contents = b''
    for arc in [arcs[0] * 40 + arcs[1]] + arcs[2:]:
        octets = [arc & 0x7f]
        while arc > 0x7f:
            arc >>= 7
            octets.insert(0, 0x80 | arc & 0x7f)
        contents += bytes(octets)
    return ber(6, contents)


def component_octets(c):
    kind = c['component']
    body = ber_integer(2, c['invoke_id']) if 'invoke_id' in c else b'\5\0'
    if 'linked_id' in c:
        body += ber_integer(0x80, c['linked_id'])
    if kind == 'reject':
        body += ber_integer(0x80 + PROBLEMS[c['problem_kind']][0], c['problem'])
    elif 'operation' in c or 'error' in c:
        inner = ber_operation(c.get('operation', c.get('error')))
        inner += bytes.fromhex(c.get('argument', ''))
        body += ber(0x30, inner) if kind == 'return result' else inner
    return ber(0xa0 + ROS[kind], body)


def facility_octets(f):
    o = bytes([0x80 | f['profile']])
    if 'nfe' in f:
        o += ber(0xaa, bytes.fromhex(f['nfe']))
    if 'npp' in f:
        o += ber_integer(0x92, f['npp'])
    if 'interpretation' in f:
        o += ber_integer(0x8b, f['interpretation'])
    return o + b''.join(component_octets(c) for c in f['components'])


# --- the other elements

def segmented(x, s):
    x.put('q931.segment.first' if s['first'] else 'q931.segment.not_first', s['remaining'])
    x.put('q931.segment_type', s['type'])
    rest = bytes.fromhex(s.get('segment', ''))
    if not s['first']:
        x.put('q931.message_segment', rest)
        return
    x.other('segment')
    while rest:
        x.put('q931.information_element', rest[0])
        x.put('q931.data', rest[2:2 + rest[1]])
        rest = rest[2 + rest[1]:]


def channel_id(x, c):
    x.put('q931.channel.interface_id_present', 'interface_id' in c)
    x.some(c, primary='q931.channel.interface_type', exclusive='q931.channel.exclusive',
           d_channel='q931.channel.dchan', select='q931.channel.selection',
           interface_id='q931.channel.interface_id')
    if 'coding' not in c:
        return
    if not c['primary']:
        x.other('basic')
        return
    x.put('q931.coding_standard', c['coding'])
    channels = c['channels']
    if c['coding']:
        x.other('coding')
        if not c['map']:
            channels = channels[:-1] + [0x80 | channels[-1]]
        x.put('q931.channel.data', bytes([0x80 | sum_bits(c, coding=5, map=4, type=0)] + channels))
        return
    x.some(c, map='q931.channel.map', type='q931.channel.element_type')
    for n in channels:
        x.put('q931.channel.slot_map' if c['map'] else 'q931.channel.number', n)


def progress(x, p):
    x.put('q931.coding_standard', p['coding'])
    if p['coding']:
        x.other('coding')
        x.put('q931.progress_indicator.data', bytes([0x80 | sum_bits(p, coding=5, location=0),
                                                     0x80 | p['description']]))
        return
    x.some(p, location='q931.progress_indicator.location',
           description='q931.progress_indicator.description')


def call_state(x, s):
    # bits 8-7 are the coding standard of a call state; tshark looks at bits 7-6
    octet = sum_bits(s, coding=6, state=0)
    x.put('q931.coding_standard', octet >> 5 & 3)
    if octet >> 5 & 3:
        x.other('coding')
        x.put('q931.call_state.data', bytes([octet]))
    else:
        x.put('q931.call_state', s['state'])


def network_facilities(x, n):
    x.put('q931.netid.length', len(n['id']) + 1 if n['id'] else 0)
    if n['id']:
        x.some(n, id_type='q931.netid.type', id_plan='q931.netid.plan', id='q931.netid')
    if 'facility' in n:
        x.octets('q931.netid.facility_specification', n['facility'])


def transit_network(x, t):
    x.other('transit network')
    length = sum_bits(t, type=4, plan=0)
    digits = text(t['id'])
    x.put('q931.netid.length', length)
    if length and digits:
        x.put('q931.netid.type', digits[0] >> 4 & 7)
        x.put('q931.netid.plan', digits[0] & 15)
        name, digits = digits[1:length], digits[max(length, 1):]
        if name:
            x.put('q931.netid', name.decode('latin-1'))
    if digits:
        x.put('q931.netid.facility_specification', digits)


def notification(x, n):
    x.put('q932.nd', n['description'])
    if 'data' in n:
        x.other('extension')
        x.put('_ws.expert.message', 'ASN.1 Encoded Data Structure(NOT IMPLEMENTED)')


def display(x, d):
    x.put('q931.avaya_display' if d['codeset'] else 'q931.display_information',
          shown(('\x80' if 'charset' in d else '') + d['text']))


def number_octets(n):
    head = sum_bits(n, type=4, plan=0)
    if 'presentation' not in n:
        return bytes([0x80 | head])
    second = sum_bits(n, presentation=5, screening=0)
    if 'reason' not in n:
        return bytes([head, 0x80 | second])
    return bytes([head, second, 0x80 | n['reason']])


def number(x, n):
    field = NUMBERS.get(n['element'])
    if not field:
        x.other('numbers')
        x.unnamed(number_octets(n), text(n['digits']))
        return
    x.some(n, plan='q931.numbering_plan', type='q931.number_type',
           screening='q931.screening_ind', presentation='q931.presentation_ind',
           reason='q931.extension.reason')
    if n['digits']:
        x.put(field, n['digits'])


NUMBERS = {
    'calling_party_number': 'q931.calling_party_number.digits',
    'called_party_number': 'q931.called_party_number.digits',
    'connected_number': 'q931.connected_number.digits',
    'redirecting_number': 'q931.redirecting_number.digits',
}


def subaddress(x, s):
    if s['element'] not in ('calling_party_subaddress', 'called_party_subaddress'):
        x.unnamed(0x80 | sum_bits(s, type=4, odd=3), bytes.fromhex(s['data']))
        return
    x.some(s, type='q931.party_subaddr.type', odd='q931.party_subaddr.odd_even')
    if s['data']:
        x.octets('q931.party_subaddr', s['data'])


def hlc(x, h):
    x.some(h, coding='q931.coding_standard', interpretation='q931.interpretation',
           presentation='q931.presentation_method_protocol_profile')
    value, more = h['characteristics'], h.get('extended')
    if h['coding'] or h['presentation'] != 1:
        x.other('hlc')
        octets = [0x80 | value] if more is None else [value, 0x80 | more]
        x.put('q931.high_layer_compat.data', bytes(octets))
        return
    x.put('q931.high_layer_characteristics', value)
    if more is None:
        return
    if value in (0x60, 0x61, 0x62, 0x68):
        x.put('q931.extended_audiovisual_characteristics', more)
    elif value in (0x5e, 0x5f):
        x.put('q931.extended_high_layer_characteristics', more)
    else:
        x.other('octet 4a')


def user_user(x, u):
    octets = bytes.fromhex(u['data'])
    if u['codeset']:
        x.unnamed(u['discriminator'], octets)
        return
    x.put('q931.user.protocol_discriminator', u['discriminator'])
    if not octets:
        return
    if u['discriminator'] == 0:
        x.put('q931.user.len', len(octets))
        x.put('data.data', octets)
    elif u['discriminator'] == 4:
        x.put('q931.user.string', octets.decode('ascii'))
    else:
        x.put('q931.user.bytes', octets)


def date_time(x, d):
    keys = ('year', 'month', 'day', 'hour', 'minute', 'second')
    x.put('q931.date_time', bytes(d[k] for k in keys if k in d))


def cug(x, c):
    x.put('q931.cug_indication', c['indication'])
    if c['index']:
        x.put('q931.cug_index_code', c['index'])


def octets(x, e):
    x.unnamed(bytes.fromhex(e['value']))


def feature(x, f):
    number = f['id']
    octets = [number >> 7, 0x80 | number & 0x7f] if f['extended'] else [0x80 | number]
    if 'status' in f:
        octets.append(0x80 | f['status'])
    x.unnamed(bytes(octets))


def party_category(x, p):
    if p['codeset'] == 5:
        x.put('qsig.pc', p['category'])
    else:
        x.unnamed(p['category'])


def facility_in(x, f):
    if f['codeset'] or f['element'] == 'extended_facility':
        x.unnamed(facility_octets(f))
    else:
        facility(x, f)


def by_table(**fields):
    return lambda x, e: x.some(e, **fields)


def value_of(field):
    return by_table(value=field)


ELEMENTS = {
    'segmented_message': segmented,
    'change_status': by_table(channel='q931.extension_ind_preference',
                              status='q931.extension_ind_new_status'),
    'sending_complete': lambda x, e: x.put('q931.sending_complete', None),
    'more_data': lambda x, e: x.put('q931.more_data', None),
    'congestion_level': value_of('q931.congestion_level'),
    'repeat_indicator': value_of('q931.repeat_indicator'),
    'repeat_indicator_llc': value_of('q931.repeat_indicator'),
    'bearer_capability': bearer,
    'low_layer_compatibility': bearer,
    'cause': cause,
    'extended_facility': facility_in,
    'facility': facility_in,
    'call_identity': lambda x, e: x.unnamed(bytes.fromhex(e['identity'])),
    'call_state': call_state,
    'channel_identification': channel_id,
    'progress_indicator': progress,
    'network_specific_facilities': network_facilities,
    'transit_network_selection': transit_network,
    'notification_indicator': notification,
    'display': display,
    'date_time': date_time,
    'keypad_facility': by_table(keys='q931.keypad_facility'),
    'information_request': lambda x, e: x.unnamed(0x80 | sum_bits(e, complete=6, type=0)),
    'signal': value_of('q931.signal'),
    'switchhook': lambda x, e: x.unnamed(0x80 | e['value']),
    'feature_activation': feature,
    'feature_indication': feature,
    'service_profile_identification': lambda x, e: x.unnamed(text(e['text'])),
    'endpoint_identifier': lambda x, e: x.unnamed(0x80 | e['usid'],
                                                  0x80 | sum_bits(e, interpretation=6, tid=0)),
    'information_rate': by_table(incoming='q931.information_rate.incoming',
                                 outgoing='q931.information_rate.outgoing',
                                 minimum_incoming='q931.information_rate.minimum_incoming',
                                 minimum_outgoing='q931.information_rate.minimum_outgoing'),
    'end_to_end_transit_delay': by_table(cumulative='q931.cumulative_transit_delay',
                                         requested='q931.requested_end_to_end_transit_delay',
                                         maximum='q931.maximum_end_to_end_transit_delay'),
    'transit_delay_selection': value_of('q931.transit_delay'),
    'packet_layer_binary_parameters': by_table(fast_select='q931.fast_select',
                                               expedited='q931.pl_request',
                                               confirmation='q931.pl_binary_confirmation',
                                               modulus_128='q931.pl_modulus'),
    'packet_layer_window_size': by_table(forward='q931.pl_window_size.forward_value',
                                         backward='q931.pl_window_size.backward_value'),
    'packet_size': by_table(forward='q931.packet_size.forward_value',
                            backward='q931.packet_size.backward_value'),
    'closed_user_group': cug,
    'reverse_charging': value_of('q931.reverse_charging_ind'),
    'connected_number': number,
    'connected_address': number,
    'calling_party_number': number,
    'called_party_number': number,
    'original_called_number': number,
    'redirecting_number': number,
    'redirection_number': number,
    'connected_subaddress': subaddress,
    'calling_party_subaddress': subaddress,
    'called_party_subaddress': subaddress,
    'redirecting_subaddress': subaddress,
    'redirection_subaddress': subaddress,
    'restart_indicator': value_of('q931.restart_indicator'),
    'high_layer_compatibility': hlc,
    'user_user': user_user,
    'escape': octets,
    'old_endpoint_identifier': octets,
    'call_status': octets,
    'user_user_facility': octets,
    'transit_counter': value_of('qsig.tc'),
    'party_category': party_category,
    'originating_line_information': lambda x, e: x.unnamed(e['value']),
    'generic_digits': lambda x, e: x.unnamed(sum_bits(e, encoding=5, type=0),
                                             bytes.fromhex(e.get('digits', ''))),
}


# Elements that are not read by the dissector of Q.931.
IDENTIFIERS = {(0, 0x1c): 'q932.ie.type', (0, 0x27): 'q932.ie.type',
               (4, 0x31): 'qsig.ie.type.cs4', (5, 0x32): 'qsig.ie.type.cs5'}


def header(x, m):
    reference = m['call_reference']
    x.put('q931.disc', m['discriminator'])
    if m['discriminator'] == 0x43:
        x.other('discriminator')
    x.put('q931.call_ref_len', reference['length'])
    if reference['length']:
        x.put('q931.call_ref_flag', reference['flag'])
        x.put('q931.call_ref', reference['value'].to_bytes(reference['length'], 'big'))
    x.put('q931.maintenance_message_type' if m['discriminator'] == 3 else 'q931.message_type',
          m['type'])


def expected(m):
    x = Expected()
    header(x, m)
    codeset = 0
    for e in m['elements']:
        if e['codeset'] != codeset:
            codeset = e['codeset']
            x.put('q931.locking_codeset', codeset)
        if e['identifier'] < 0x80:
            x.put(IDENTIFIERS.get((codeset, e['identifier']),
                                  'q931.information_element'), e['identifier'])
        ELEMENTS[e['element']](x, e)
    return x


# --- tshark's side

def same(want, seen):
    if want is None:
        return True
    if isinstance(want, bool):
        return seen in ('1', '0x01') if want else seen in ('0', '0x00')
    if isinstance(want, int):
        return int(seen, 0) == want
    if isinstance(want, bytes):
        return seen == want.hex()
    return seen == want


def frames(path):
    """The octets of each message of the capture, without pseudo header, address and control."""
    with open(path, 'rb') as f:
        data = f.read()
    order = 'little' if data[:4] == b'\xd4\xc3\xb2\xa1' else 'big'
    at = 24
    while at < len(data):
        n = int.from_bytes(data[at + 8:at + 12], order)
        yield data[at + 16 + 20:at + 16 + n]
        at += 16 + n


def tshark(path):
    # HI2operations looks for itself in user information of a user specific protocol
    command = ['tshark', '-r', path, '-o', 'q931.reassembly:FALSE', '-o',
               'q932.facility_encoding:Dissect facility as ETSI', '--disable-protocol',
               'HI2operations', '-T', 'fields', '-E', 'occurrence=a',
               '-E', 'aggregator=' + BETWEEN, '-E', 'separator=/t']
    for field in FIELDS:
        command += ['-e', field]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def differences(x, values):
    for field, seen in zip(FIELDS, values):
        seen = seen.split(BETWEEN) if seen else []
        want = x.fields.get(field, [])
        if len(want) != len(seen) or not all(map(same, want, seen)):
            yield field, want, seen


def complain(seed, n, octets, line, found):
    print('message %d of seed %d (make_random %d 1 FILE): %s' % (n, seed, seed + n, octets.hex()))
    print('we:', line.strip())
    for field, want, seen in found:
        want = [w.hex() if isinstance(w, bytes) else w for w in want]
        print('%s: by our text %s, tshark %s' % (field, want, seen))


def main():
    path, lines, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
    messages, values, bad = 0, 0, 0
    kinds, fields, used = set(), set(), collections.Counter()
    process = tshark(path)
    with open(lines, encoding='ascii') as ours:
        for line, octets, row in zip(ours, frames(path), process.stdout):
            m = json.loads(line)
            x = expected(m)
            found = list(differences(x, row.decode().rstrip('\n').split('\t')))
            if found:
                complain(seed, messages, octets, line, found)
                bad += 1
                if bad == 10:
                    return 1
            messages += 1
            kinds |= {(e['codeset'], e['element']) for e in m['elements']}
            fields |= set(x.fields)
            values += sum(map(len, x.fields.values()))
            used += x.used
        left = sum(1 for _ in ours)
    if process.wait() or left or not messages:
        print('tshark read %d of %d messages' % (messages, messages + left))
        return 1
    print('%d messages, %d element kinds, %d fields of tshark, %d values compared'
          % (messages, len(kinds), len(fields), values))
    for why in EXCEPTIONS:
        print('  %7d x %s: %s' % (used[why], why, EXCEPTIONS[why]))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
