/* SPDX-License-Identifier: BSD-2-Clause */
/* What the fields of Bearer capability and low layer compatibility mean, Q.931 tables 4-6 and 4-16.
 */
#include "q931/codec.h"

static const struct i3_name capabilities[] = {
	{ 0x00, "speech" },
	{ 0x08, "unrestricted digital information" },
	{ 0x09, "restricted digital information" },
	{ 0x10, "3.1 kHz audio" },
	{ 0x11, "unrestricted digital information with tones and announcements" },
	{ 0x18, "video" },
	{ 0, NULL }
};

static const struct i3_name modes[] = { { 0, "circuit" }, { 2, "packet" }, { 0, NULL } };

static const struct i3_name rates[] = { { 0x00, "packet mode" },   { 0x10, "64 kbit/s" },
					{ 0x11, "2 x 64 kbit/s" }, { 0x13, "384 kbit/s" },
					{ 0x15, "1536 kbit/s" },   { 0x17, "1920 kbit/s" },
					{ 0x18, "multirate" },	   { 0, NULL } };

static const struct i3_name layer1s[] = { { 1, "V.110, I.460 and X.30" },
					  { 2, "G.711 u-law" },
					  { 3, "G.711 A-law" },
					  { 4, "G.721 ADPCM" },
					  { 5, "H.221 and H.242" },
					  { 6, "H.223 and H.245" },
					  { 7, "non-ITU rate adaption" },
					  { 8, "V.120" },
					  { 9, "X.31 HDLC flag stuffing" },
					  { 0, NULL } };

static const struct i3_name user_rates[] = { { 0, "by E-bits or in-band" },
					     { 1, "0.6 kbit/s" },
					     { 2, "1.2 kbit/s" },
					     { 3, "2.4 kbit/s" },
					     { 4, "3.6 kbit/s" },
					     { 5, "4.8 kbit/s" },
					     { 6, "7.2 kbit/s" },
					     { 7, "8 kbit/s" },
					     { 8, "9.6 kbit/s" },
					     { 9, "14.4 kbit/s" },
					     { 10, "16 kbit/s" },
					     { 11, "19.2 kbit/s" },
					     { 12, "32 kbit/s" },
					     { 13, "38.4 kbit/s" },
					     { 14, "48 kbit/s" },
					     { 15, "56 kbit/s" },
					     { 16, "64 kbit/s" },
					     { 18, "57.6 kbit/s" },
					     { 19, "28.8 kbit/s" },
					     { 20, "24 kbit/s" },
					     { 21, "134.5 bit/s" },
					     { 22, "100 bit/s" },
					     { 23, "75/1200 bit/s" },
					     { 24, "1200/75 bit/s" },
					     { 25, "50 bit/s" },
					     { 26, "75 bit/s" },
					     { 27, "110 bit/s" },
					     { 28, "150 bit/s" },
					     { 29, "200 bit/s" },
					     { 30, "300 bit/s" },
					     { 31, "12 kbit/s" },
					     { 0, NULL } };

static const struct i3_name intermediate_rates[] = {
	{ 0, "not used" }, { 1, "8 kbit/s" }, { 2, "16 kbit/s" }, { 3, "32 kbit/s" }, { 0, NULL }
};

static const struct i3_name stop_bits[] = {
	{ 0, "not used" }, { 1, "1" }, { 2, "1.5" }, { 3, "2" }, { 0, NULL }
};

static const struct i3_name data_bits[] = {
	{ 0, "not used" }, { 1, "5" }, { 2, "7" }, { 3, "8" }, { 0, NULL }
};

static const struct i3_name parities[] = { { 0, "odd" },	 { 2, "even" },
					   { 3, "none" },	 { 4, "forced to 0" },
					   { 5, "forced to 1" }, { 0, NULL } };

static const struct i3_name modems[] = {
	{ 0x11, "V.21" },     { 0x12, "V.22" },	    { 0x13, "V.22 bis" }, { 0x14, "V.23" },
	{ 0x15, "V.26" },     { 0x16, "V.26 bis" }, { 0x17, "V.26 ter" }, { 0x18, "V.27" },
	{ 0x19, "V.27 bis" }, { 0x1a, "V.27 ter" }, { 0x1b, "V.29" },	  { 0x1c, "V.32" },
	{ 0x1d, "V.32" },     { 0x1e, "V.34" },	    { 0, NULL }
};

static const struct i3_name layer2s[] = { { 0x01, "ISO 1745, basic mode" },
					  { 0x02, "Q.921" },
					  { 0x06, "X.25, link layer" },
					  { 0x07, "X.25, multilink" },
					  { 0x08, "T.71, extended LAPB" },
					  { 0x09, "HDLC ARM" },
					  { 0x0a, "HDLC NRM" },
					  { 0x0b, "HDLC ABM" },
					  { 0x0c, "LAN logical link control" },
					  { 0x0d, "X.75, single link procedure" },
					  { 0x0e, "Q.922" },
					  { 0x0f, "core aspects of Q.922" },
					  { 0x10, "user specified" },
					  { 0x11, "ISO 7776 DTE-DTE" },
					  { 0, NULL } };

static const struct i3_name sequence_modes[] = { { 1, "normal" }, { 2, "extended" }, { 0, NULL } };

static const struct i3_name layer3s[] = { { 0x02, "Q.931" },
					  { 0x06, "X.25, packet layer" },
					  { 0x07, "ISO 8208" },
					  { 0x08, "X.223 and ISO 8878" },
					  { 0x09, "ISO 8473" },
					  { 0x0a, "T.70" },
					  { 0x0b, "ISO TR 9577" },
					  { 0x10, "user specified" },
					  { 0, NULL } };

#define USER   0x10 /* user specified layer 2 and layer 3 */
#define TR9577 0x0b

#define F(m, kind, bits, names)		 I3_F(isdn_bearer, m, kind, bits, names)
#define F_IF(m, kind, bits, names, w, n) I3_F_IF(isdn_bearer, m, kind, bits, names, w, n)

#define F_ONLY(m, kind, bits, names, w, n, o, v, how)                                              \
	I3_F_ONLY(isdn_bearer, m, kind, bits, names, w, n, o, v, how)

/* clang-format off */
#define FIELDS                                                                                     \
	F(coding, I3_U8, 2, i3_coding_names),                                                      \
	F(capability, I3_U8, 5, capabilities),                                                     \
	F_IF(negotiation, I3_BOOL, 1, NULL, has_negotiation, 1),                                   \
	F(mode, I3_U8, 2, modes),                                                                  \
	F(rate, I3_U8, 5, rates),                                                                  \
	F_ONLY(multiplier, I3_U8, 7, NULL, rate, 0, rate, 0x18, I3_EQUAL),                                           \
	F_IF(layer1, I3_U8, 5, layer1s, layer1, 1),                                                \
	F_IF(asynchronous, I3_BOOL, 1, NULL, n_layer1, 1),                                         \
	F_IF(inband, I3_BOOL, 1, NULL, n_layer1, 1),                                               \
	F_IF(user_rate, I3_U8, 5, user_rates, n_layer1, 1),                                        \
	F_ONLY(intermediate_rate, I3_U8, 2, intermediate_rates, n_layer1, 2, layer1, ISDN_L1_V120, I3_OTHER), \
	F_ONLY(nic_tx, I3_BOOL, 1, NULL, n_layer1, 2, layer1, ISDN_L1_V120, I3_OTHER), \
	F_ONLY(nic_rx, I3_BOOL, 1, NULL, n_layer1, 2, layer1, ISDN_L1_V120, I3_OTHER), \
	F_ONLY(flow_tx, I3_BOOL, 1, NULL, n_layer1, 2, layer1, ISDN_L1_V120, I3_OTHER), \
	F_ONLY(flow_rx, I3_BOOL, 1, NULL, n_layer1, 2, layer1, ISDN_L1_V120, I3_OTHER), \
	F_ONLY(header, I3_BOOL, 1, NULL, n_layer1, 2, layer1, ISDN_L1_V120, I3_EQUAL), \
	F_ONLY(multiframe, I3_BOOL, 1, NULL, n_layer1, 2, layer1, ISDN_L1_V120, I3_EQUAL), \
	F_ONLY(sensitive, I3_BOOL, 1, NULL, n_layer1, 2, layer1, ISDN_L1_V120, I3_EQUAL), \
	F_ONLY(lli_negotiation, I3_BOOL, 1, NULL, n_layer1, 2, layer1, ISDN_L1_V120, I3_EQUAL), \
	F_ONLY(assignor, I3_BOOL, 1, NULL, n_layer1, 2, layer1, ISDN_L1_V120, I3_EQUAL), \
	F_ONLY(inband_lli, I3_BOOL, 1, NULL, n_layer1, 2, layer1, ISDN_L1_V120, I3_EQUAL), \
	F_IF(stop_bits, I3_U8, 2, stop_bits, n_layer1, 3),                                         \
	F_IF(data_bits, I3_U8, 2, data_bits, n_layer1, 3),                                         \
	F_IF(parity, I3_U8, 3, parities, n_layer1, 3),                                             \
	F_IF(duplex, I3_BOOL, 1, NULL, n_layer1, 4),                                               \
	F_IF(modem, I3_U8, 6, modems, n_layer1, 4),                                                \
	F_IF(layer2, I3_U8, 5, layer2s, layer2, 1),                                                \
	F_ONLY(layer2_mode, I3_U8, 2, sequence_modes, n_layer2, 1, layer2, USER, I3_OTHER),                               \
	F_ONLY(layer2_q933, I3_U8, 2, NULL, n_layer2, 1, layer2, USER, I3_OTHER),                                         \
	F_ONLY(layer2_user, I3_U8, 7, NULL, n_layer2, 1, layer2, USER, I3_EQUAL),                                         \
	F_IF(layer2_window, I3_U8, 7, NULL, n_layer2, 2),                                          \
	F_IF(layer3, I3_U8, 5, layer3s, layer3, 1),                                                \
	F_ONLY(layer3_mode, I3_U8, 2, sequence_modes, n_layer3, 1, layer3, TR9577, I3_BELOW),                               \
	F_ONLY(layer3_user, I3_U8, 7, NULL, n_layer3, 1, layer3, USER, I3_EQUAL),                                         \
	F_ONLY(packet_size, I3_U8, 4, NULL, n_layer3, 2, layer3, TR9577, I3_BELOW),                                         \
	F_IF(packet_window, I3_U8, 7, NULL, n_layer3, 3),                                          \
	F_ONLY(layer3_id, I3_U8, 8, NULL, n_layer3, 2, layer3, TR9577, I3_EQUAL),                                             \
	I3_F_END
/* clang-format on */

const struct i3_field i3_bearer_fields[] = { FIELDS };
const struct i3_field i3_llc_fields[] = { FIELDS };
