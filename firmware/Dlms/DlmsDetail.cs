namespace NanoComm.Dlms
{
    /// <summary>Why a call of the client did not end well. Some come with a code of the standard.</summary>
    public enum DlmsDetail
    {
        /// <summary>Nothing more to say.</summary>
        None = 0,

        /// <summary>Refused: data-access-result. Code: a <see cref="Dlms.DataAccessResult"/>.</summary>
        DataAccessResult = 1,

        /// <summary>Refused: action-result. Code: as received; 0…14 or 250 by the standard.</summary>
        ActionResult = 2,

        /// <summary>Refused: the association was rejected. Code: result-source-diagnostic of the AARE.</summary>
        Diagnostic = 3,

        /// <summary>Refused or not associated: exception-response. Code: state-error × 256 + service-error. It is not
        /// protected, so anyone on the line may have sent it.</summary>
        Exception = 4,

        /// <summary>Refused: confirmed-service-error. Code: class × 256 + value. Not protected either.</summary>
        ServiceError = 5,

        /// <summary>Refused: the service is not in the negotiated conformance block.</summary>
        Conformance = 6,

        /// <summary>Refused or not associated: the server has no link (DM).</summary>
        Disconnected = 7,

        /// <summary>Protocol error: frame rejected (FRMR), or a frame that the link does not allow.</summary>
        Link = 8,

        /// <summary>Protocol error: the APDU or its data is not well formed, or of another kind than asked
        /// for.</summary>
        Malformed = 9,

        /// <summary>Protocol error: request, response, or the data in blocks do not fit.</summary>
        TooLong = 10,

        /// <summary>Protocol error: the answer is to another request, by its invoke-id or block number.</summary>
        Mismatch = 11,

        /// <summary>Protocol error: the server answers in another application context or mechanism.</summary>
        Context = 12,

        /// <summary>Security error: the system title is not the expected one.</summary>
        Title = 13,

        /// <summary>Security error: the server's challenge is ours, or of a wrong length.</summary>
        Challenge = 14,

        /// <summary>Security error: plain, or another security control than authenticated and encrypted.</summary>
        SecurityControl = 15,

        /// <summary>Security error: the invocation counter does not rise, or is the reserved one.</summary>
        Replay = 16,

        /// <summary>Security error: the tag is wrong.</summary>
        Tag = 17,

        /// <summary>Security error: we have no invocation counter left to send with.</summary>
        NoCounter = 18,
    }
}
