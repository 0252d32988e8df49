/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/uui.h - what user-user information is made of: the SIP header that
 * carries it, text, items, and two layouts of items.
 *
 * Nothing here is needed to carry user-user information: a call takes and gives
 * the octets as they are. All functions are pure: no input or output, no memory
 * but the caller's, no state, any thread at any time. Input is a pointer and a
 * length, and may hold any octet. After an error the output is as it was; an
 * error names the place by its offset, which counts from 0.
 *
 * What all of them answer, besides what is told with each:
 *
 * INVALPOINTER  an argument is NULL that may not be
 * INVAL  an isdn_uui.len, or a limit, is above ISDN_UUI_MAX
 */
#ifndef ISDN_UUI_H
#define ISDN_UUI_H

#include <isdn/ie.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Protocol discriminators of Q.931 4.5.30 that are met with most. */
enum isdn_uui_discriminator {
	ISDN_UUI_USER_SPECIFIC = 0x00,
	ISDN_UUI_IA5 = 0x04 /* text */
};

/*
 * Octets, the discriminator first, as an application of a registry has them
 * (struct isdn_drop, isdn_call_uui), into *uui, with codeset 0.
 *
 * DISCRIMINATOR  there is no octet
 * USERUSERINFOTOOBIG  there are more than 1 + ISDN_UUI_MAX, as a block of
 *	  several USER INFORMATION messages can have
 */
ISDN_API int isdn_uui_from_octets(struct isdn_uui *uui, const void *octets, size_t size,
				  struct isdn_error *error);

/*
 * And back. *len, unless NULL, receives 1 + uui->len.
 *
 * NOSPC  cap is less than that; octets may be NULL when cap is 0
 */
ISDN_API int isdn_uui_octets(const struct isdn_uui *uui, uint8_t *octets, size_t cap, size_t *len);

/*
 * Text, discriminator 4. IA5 is the alphabet of T.50, of seven bits.
 *
 * To text: a terminated copy. Every octet from 0x01 to 0x7f is taken, control
 * characters too: who shows it to people looks at them first. Nothing is cut
 * and nothing left out, so a NUL, which would hide what is behind it, is an
 * error, also at the end. *len, unless NULL, receives the characters without
 * the terminator, also with NOSPC.
 *
 * DISCRIMINATOR  it is not ISDN_UUI_IA5
 * UUI_CONTENT  an octet is NUL or above 0x7f
 * NOSPC  cap is less than *len + 1; ISDN_UUI_TEXT_SIZE is enough
 */
#define ISDN_UUI_TEXT_SIZE (ISDN_UUI_MAX + 1)
ISDN_API int isdn_uui_text(const struct isdn_uui *uui, char *text, size_t cap, size_t *len,
			   struct isdn_error *error);

/*
 * From text, into *uui with codeset 0. What is sent is stricter than what is
 * taken: printing characters, 0x20 to 0x7e, and TAB, LF and CR.
 *
 * INVAL  any other character
 * USERUSERINFOTOOBIG  len is above ISDN_UUI_MAX
 */
ISDN_API int isdn_uui_from_text(struct isdn_uui *uui, const char *text, size_t len,
				struct isdn_error *error);

/*
 * The value of a SIP header field User-to-User, RFC 7433, with the package
 * "isdn-uui", RFC 7434: the discriminator and the user information as hex
 * digits, then parameters. A field can have several values, by commas.
 */
enum isdn_uui_sip_flag {
	ISDN_UUI_SIP_PURPOSE = 0x01,  /* ;purpose=isdn-uui: the default of who reads */
	ISDN_UUI_SIP_CONTENT = 0x02,  /* ;content=isdn-uui: the default of the package */
	ISDN_UUI_SIP_ENCODING = 0x04, /* ;encoding=hex: likewise */
	ISDN_UUI_SIP_ALL = 0x07,
	ISDN_UUI_SIP_UPPER = 0x08 /* digits A to F instead of a to f, which mean the same */
};

/* Enough for any value that isdn_uui_sip_write writes, terminator included. */
#define ISDN_UUI_SIP_SIZE 320

/*
 * Write *uui as a value, without the field's name, and terminate it. codeset
 * has no place in it. *len, unless NULL, receives the characters without the
 * terminator, also with NOSPC; then nothing else was written.
 *
 * INVAL  flags has a bit that is not told above
 * NOSPC  cap is less than *len + 1; buf may be NULL when cap is 0
 */
ISDN_API int isdn_uui_sip_write(const struct isdn_uui *uui, unsigned flags, char *buf, size_t cap,
				size_t *len);

/*
 * Read the value at *next of len characters, the field's without its name and
 * without the end of its line; white space, folded lines included, may be where
 * RFC 3261 has it. Before the first *next is 0. It is then where the next value
 * begins, if there is one, and len otherwise, after errors too, so that every
 * loop ends:
 *
 *	size_t next = 0;
 *	int got;
 *
 *	while ((got = isdn_uui_sip_read(value, len, &next, &uui, &error)) != 0)
 *		if (got == 1)
 *			use(&uui);
 *
 * The data is a token or a quoted string; parameters come in any order, names
 * and values in either case; parameters that are not known are skipped. Without
 * a parameter purpose, content or encoding it is what isdn-uui has. Two usages
 * from before the RFCs are understood: the purpose "isdn-interwork", and a
 * parameter pd=XX, which is the discriminator that the data then has not.
 *
 * 1	  *uui is filled, codeset 0
 * 0	  there is no further value; with *next 0: nothing but white space
 * UUI_PACKAGE	purpose or content is another one: a value for somebody else
 * UUI_ENCODING	 encoding is another one than hex
 * DISCRIMINATOR  the data is of no octet
 * USERUSERINFOTOOBIG  the data is of more than 1 + ISDN_UUI_MAX octets
 * UUI_CONTENT	anything else is wrong: a digit is none or one too many, a
 *	  parameter is there twice, the grammar is not kept. After a fault in the
 *	  grammar the values behind it can not be told apart: *next is len
 */
ISDN_API int isdn_uui_sip_read(const char *value, size_t len, size_t *next, struct isdn_uui *uui,
			       struct isdn_error *error);

/*
 * Items: user information that is a sequence of an octet that names, an octet
 * of length, and so many octets, to its end. PBXs share the element among
 * applications so (isdn_uui_app), and GSM-R has such a layout
 * (isdn_uui_gsmr_tag). Which one it is neither the items say nor, alone, the
 * discriminator, which is mostly 0; the functions do not look at it.
 */
struct isdn_uui_item {
	uint8_t id;
	uint8_t len;
	uint8_t at;	      /* of its first octet, the one that names, in isdn_uui.data */
	const uint8_t *value; /* len octets, within the isdn_uui that was passed */
};

/*
 * The item at *next, which before the first is 0, and moves behind it.
 *
 * 1	  *item is filled
 * 0	  there is no further item
 * TRUNCATED  it goes beyond the end of the user information: this is no
 *	  sequence of items, or somebody cut it. *next is the end then
 */
ISDN_API int isdn_uui_item_next(const struct isdn_uui *uui, size_t *next,
				struct isdn_uui_item *item, struct isdn_error *error);

/*
 * Append an item. max is how much user information there may be in all, with
 * all items, up to ISDN_UUI_MAX: some networks carry 32 octets. An item that
 * does not fit is left out whole.
 *
 * USERUSERINFOTOOBIG  it does not fit
 */
ISDN_API int isdn_uui_item_add(struct isdn_uui *uui, size_t max, unsigned id, const void *value,
			       size_t len, struct isdn_error *error);

/*
 * Names of items that PBXs of Avaya share the element among, two of them, as
 * others are seen to use them; there are more, which are passed on as they are.
 */
enum isdn_uui_app {
	ISDN_UUI_APP_ASAI = 0xc8, /* data of an application, in no known layout */
	ISDN_UUI_APP_UCID = 0xfa  /* universal call identifier, 8 octets */
};

/*
 * The universal call identifier of such a PBX, which is also written as 20
 * decimal digits: 5, 5 and 10.
 */
struct isdn_uui_ucid {
	uint16_t node;	   /* of the network of PBXs */
	uint16_t sequence; /* of the call at that node */
	uint32_t time;	   /* at which it began, seconds since 1970 */
};

/*
 * From an item.
 *
 * INVAL  it is not one of ISDN_UUI_APP_UCID
 * UUI_CONTENT	its length is not 8
 */
ISDN_API int isdn_uui_ucid_read(const struct isdn_uui_item *item, struct isdn_uui_ucid *ucid,
				struct isdn_error *error);

/* Append as an item; max and errors as isdn_uui_item_add has them. */
ISDN_API int isdn_uui_ucid_add(struct isdn_uui *uui, size_t max, const struct isdn_uui_ucid *ucid,
			       struct isdn_error *error);

/*
 * As 20 digits, terminated.
 *
 * NOSPC  cap is less than ISDN_UUI_UCID_SIZE
 */
#define ISDN_UUI_UCID_SIZE 21
ISDN_API int isdn_uui_ucid_text(const struct isdn_uui_ucid *ucid, char *text, size_t cap);

/*
 * From len digits, which are 20.
 *
 * INVAL  they are not, one is no digit, or a part is more than its octets hold
 */
ISDN_API int isdn_uui_ucid_from_text(struct isdn_uui_ucid *ucid, const char *text, size_t len,
				     struct isdn_error *error);

/*
 * Names of items in GSM-R, ETSI TS 102 610, with discriminator 0. Only the
 * functional number has functions here, the values of the others are passed on
 * as they are. One thing of that layout is no item: the answer of the device
 * that collects confirmations, in RELEASE COMPLETE, is HPC_RECEIVER or
 * HPC_INITIATOR and an octet that is its cause (0 received, 1 repeat, 0x80 do
 * not repeat), without a length.
 */
enum isdn_uui_gsmr_tag {
	ISDN_UUI_GSMR_HPC_RECEIVER = 2,	 /* a receiver confirms a high priority call */
	ISDN_UUI_GSMR_HPC_INITIATOR = 3, /* its initiator does */
	ISDN_UUI_GSMR_NUMBER = 5,	 /* presentation of a functional number */
	ISDN_UUI_GSMR_ELDA = 6,		 /* train position; 7 and 8 are kept for it */
	ISDN_UUI_GSMR_EPFN = 9,		 /* enhanced presentation of a functional number */
	ISDN_UUI_GSMR_TEXT = 10,	 /* text, behind an indicator of its alphabet */
	ISDN_UUI_GSMR_DSD_ALARM = 11,	 /* driver's safety device */
	ISDN_UUI_GSMR_CONTROLLER = 12	 /* alerting of a controller */
};

/*
 * The functional number of an item, as digits 0 to 9, terminated. Without
 * digits there is no functional number. *len, unless NULL, receives how many
 * there are, also with NOSPC. Fillers (1111) may be at the end only.
 *
 * INVAL  the item is not one of ISDN_UUI_GSMR_NUMBER
 * UUI_CONTENT	something in it is no digit
 * NOSPC  cap is less than *len + 1; ISDN_UUI_GSMR_NUMBER_SIZE is enough
 */
#define ISDN_UUI_GSMR_NUMBER_SIZE (2 * (ISDN_UUI_MAX - 2) + 1)
ISDN_API int isdn_uui_gsmr_number(const struct isdn_uui_item *item, char *digits, size_t cap,
				  size_t *len, struct isdn_error *error);

/*
 * Append len digits as an item; none say that there is no functional number.
 * max as isdn_uui_item_add has it.
 *
 * INVAL  something is no digit
 * USERUSERINFOTOOBIG  it does not fit
 */
ISDN_API int isdn_uui_gsmr_number_add(struct isdn_uui *uui, size_t max, const char *digits,
				      size_t len, struct isdn_error *error);

#ifdef __cplusplus
}
#endif
#endif
