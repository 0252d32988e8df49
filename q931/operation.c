/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of operations and errors in Facility. DSS1 (EN 300 xxx, profile 0x11)
 * and QSIG (ECMA, profile 0x1f) give the same numbers other meanings.
 */
#include "q931/codec.h"

static const struct i3_name dss1[] = { { 1, "userUserService" },
				       { 2, "cUGCall" },
				       { 3, "MCIDRequest" },
				       { 4, "begin3PTY" },
				       { 5, "end3PTY" },
				       { 6, "ectExecute" },
				       { 7, "activationDiversion" },
				       { 8, "deactivationDiversion" },
				       { 9, "activationStatusNotificationDiv" },
				       { 10, "deactivationStatusNotificationDiv" },
				       { 11, "interrogationDiversion" },
				       { 12, "diversionInformation" },
				       { 13, "callDeflection" },
				       { 14, "callRerouteing" },
				       { 15, "divertingLegInformation2" },
				       { 16, "invokeStatus" },
				       { 17, "interrogateServedUserNumbers" },
				       { 18, "divertingLegInformation1" },
				       { 19, "divertingLegInformation3" },
				       { 20, "explicitReservationCreationControl" },
				       { 21, "explicitReservationManagement" },
				       { 22, "explicitReservationCancel" },
				       { 24, "mLPPLockout" },
				       { 25, "mLPPCallRequest" },
				       { 26, "mLPPCallPreemption" },
				       { 30, "chargingRequest" },
				       { 31, "aOCSCurrency" },
				       { 32, "aOCSSpecialArr" },
				       { 33, "aOCDCurrency" },
				       { 34, "aOCDChargingUnit" },
				       { 35, "aOCECurrency" },
				       { 36, "aOCEChargingUnit" },
				       { 37, "identificationOfCharge" },
				       { 40, "beginCONF" },
				       { 41, "addCONF" },
				       { 42, "splitCONF" },
				       { 43, "dropCONF" },
				       { 44, "isolateCONF" },
				       { 45, "reattachCONF" },
				       { 46, "partyDISC" },
				       { 47, "floatCONF" },
				       { 48, "endCONF" },
				       { 49, "identifyConferee" },
				       { 60, "requestREV" },
				       { 0, NULL } };

static const struct i3_name qsig[] = { { 0, "callingName" },
				       { 1, "calledName" },
				       { 2, "connectedName" },
				       { 3, "busyName" },
				       { 4, "pathReplacePropose" },
				       { 7, "callTransferIdentify" },
				       { 8, "callTransferAbandon" },
				       { 9, "callTransferInitiate" },
				       { 10, "callTransferSetup" },
				       { 11, "callTransferActive" },
				       { 12, "callTransferComplete" },
				       { 13, "callTransferUpdate" },
				       { 14, "subaddressTransfer" },
				       { 15, "activateDiversionQ" },
				       { 16, "deactivateDiversionQ" },
				       { 17, "interrogateDiversionQ" },
				       { 18, "checkRestriction" },
				       { 19, "callRerouteing" },
				       { 20, "divertingLegInformation1" },
				       { 21, "divertingLegInformation2" },
				       { 22, "divertingLegInformation3" },
				       { 23, "cfnrDivertedLegFailed" },
				       { 40, "ccbsRequest" },
				       { 44, "callIntrusionGetCIPL" },
				       { 0, NULL } };

static const struct i3_name dss1_errors[] = { { 0, "notSubscribed" },
					      { 1, "rejectedByNetwork" },
					      { 2, "rejectedByUser" },
					      { 3, "notAvailable" },
					      { 4, "notImplemented" },
					      { 6, "invalidServedUserNr" },
					      { 7, "invalidCallState" },
					      { 8, "basicServiceNotProvided" },
					      { 9, "notIncomingCall" },
					      { 10, "supplementaryServiceInteractionNotAllowed" },
					      { 11, "resourceUnavailable" },
					      { 12, "invalidDivertedToNr" },
					      { 14, "specialServiceNr" },
					      { 15, "diversionToServedUserNr" },
					      { 23, "incomingCallAccepted" },
					      { 24, "numberOfDiversionsExceeded" },
					      { 26, "noChargingInfoAvailable" },
					      { 46, "notActivated" },
					      { 48, "requestAlreadyAccepted" },
					      { 0, NULL } };

const char *i3_name(const struct i3_name *names, unsigned value)
{
	for (; names && names->name; names++)
		if (names->value == value)
			return names->name;
	return NULL;
}

static const char *find(const struct i3_name *names, int32_t value)
{
	return value < 0 || value > UINT8_MAX ? NULL : i3_name(names, (unsigned)value);
}

const char *isdn_operation_name(unsigned profile, int32_t operation)
{
	if (profile == ISDN_PROFILE_ROSE)
		return find(dss1, operation);
	return profile == ISDN_PROFILE_NETWORKING_EXTENSIONS ? find(qsig, operation) : NULL;
}

const char *isdn_error_name(unsigned profile, int32_t error)
{
	return profile == ISDN_PROFILE_ROSE ? find(dss1_errors, error) : NULL;
}
