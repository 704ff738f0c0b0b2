namespace NanoComm.Dlms
{
    /// <summary>
    /// Reads the AARE (IEC 62056-5-3, clause 8) into offsets. It only says what is there; whether that is enough is
    /// the association's affair.
    /// </summary>
    public sealed class AareReader
    {
        /// <summary>Result: accepted.</summary>
        public const int Accepted = 0;

        private const int UserDiagnostic = 0xA1;

        private readonly ApduReader _part = new ApduReader();

        /// <summary>0 accepted, 1 rejected for good, 2 rejected for now; -1 when absent.</summary>
        public int Result { get; private set; }

        /// <summary>The diagnostic: 0 null, 0E authentication required; from the provider 256 more; -1 when
        /// absent.</summary>
        public int Diagnostic { get; private set; }

        /// <summary>Whether the application context is the expected one.</summary>
        public bool IsContextGood { get; private set; }

        /// <summary>Whether the mechanism is HLS with GMAC.</summary>
        public bool IsMechanismGmac { get; private set; }

        /// <summary>Offset of the server's system title; its length is in <see cref="TitleLength"/>.</summary>
        public int Title { get; private set; }

        /// <summary>Length of the server's system title in bytes; 0 when absent.</summary>
        public int TitleLength { get; private set; }

        /// <summary>Offset of StoC.</summary>
        public int Challenge { get; private set; }

        /// <summary>Length of StoC in bytes; 0 when absent.</summary>
        public int ChallengeLength { get; private set; }

        /// <summary>Offset of the user information: the Initiate APDU, plain or ciphered.</summary>
        public int Information { get; private set; }

        /// <summary>Length of the user information in bytes; 0 when absent.</summary>
        public int InformationLength { get; private set; }

        /// <summary>Reads an AARE.</summary>
        /// <param name="reader">At its first byte.</param>
        /// <param name="context">Last byte of the expected context name.</param>
        /// <returns>False when it is not well formed.</returns>
        public bool Read(ApduReader reader, byte context)
        {
            Result = -1;
            Diagnostic = -1;
            IsContextGood = false;
            IsMechanismGmac = false;
            TitleLength = 0;
            ChallengeLength = 0;
            InformationLength = 0;
            reader.Expect(ApduTag.Aare);
            if (reader.ReadLength() != reader.Remaining)
            {
                return false;
            }

            while (reader.IsGood && reader.Remaining > 0)
            {
                int tag = reader.ReadU8();
                int length = reader.ReadLength();
                _part.Open(reader.Buffer, reader.Take(length), length);
                if (!ReadPart(tag, context))
                {
                    return false;
                }
            }

            return reader.IsGood;
        }

        private bool ReadPart(int tag, byte context)
        {
            switch (tag)
            {
                case Acse.ContextName:
                    _part.Expect(Acse.ObjectIdentifier);
                    _part.Expect(Acse.NameLength);
                    Acse.ExpectContext(_part, context);
                    IsContextGood = _part.IsAtEnd;
                    return true;
                case Acse.Result:
                    Result = ReadInteger();
                    return _part.IsAtEnd;
                case Acse.Diagnostic:
                    int source = _part.ReadU8();
                    int length = _part.ReadLength();
                    Diagnostic = (source == UserDiagnostic ? 0 : 0x100) | ReadInteger();
                    return _part.IsAtEnd && length == 3;
                case Acse.RespondingTitle:
                    Title = ReadString(Acse.OctetString, out int titleLength);
                    TitleLength = titleLength;
                    return _part.IsAtEnd;
                case Acse.ResponderMechanism:
                    Acse.ExpectMechanism(_part, Acse.MechanismGmac);
                    IsMechanismGmac = _part.IsAtEnd;
                    return true;
                case Acse.RespondingAuthentication:
                    Challenge = ReadString(Acse.CharString, out int challengeLength);
                    ChallengeLength = challengeLength;
                    return _part.IsAtEnd;
                case Acse.UserInformation:
                    Information = ReadString(Acse.OctetString, out int informationLength);
                    InformationLength = informationLength;
                    return _part.IsAtEnd;
                default:
                    return true;
            }
        }

        private int ReadInteger()
        {
            _part.Expect(Acse.Integer);
            _part.Expect(1);
            return _part.ReadU8();
        }

        private int ReadString(byte tag, out int length)
        {
            _part.Expect(tag);
            length = _part.ReadLength();
            return _part.Take(length);
        }
    }
}
