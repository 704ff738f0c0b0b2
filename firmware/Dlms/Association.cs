using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.Dlms
{
    /// <summary>
    /// One association at a time over the link: AARQ, HLS mechanism 5, and from then on each APDU protected both
    /// ways. Protects what the writer holds, and leaves what came back, verified and decrypted, in the reader.
    /// </summary>
    public sealed class Association
    {
        private const int RandomLength = 12;

        // An AARE comes before the sizes are settled: titles, a challenge of 64 bytes, the ciphered Initiate.
        private const int MaxAare = 192;
        private const int DiagnosticNone = 0x00;
        private const int DiagnosticAuthenticationRequired = 0x0E;

        // state-error service-not-allowed, service-error operation-not-possible: there is no association.
        private const int NotPossibleInThisState = 0x0101;
        private const int MinChallenge = 8;

        // reply_to_HLS_authentication of the current association.
        private readonly CosemDescriptor _replyToHls = new CosemDescriptor(15, 0, 0, 40, 0, 0, 1);

        private readonly HdlcLink _link;
        private readonly IRandomSource _random;
        private readonly LinkSettings _settings;
        private readonly Ciphering _ciphering = new Ciphering();
        private readonly AareReader _aare = new AareReader();
        private readonly byte[] _challenge = new byte[AarqWriter.ChallengeLength];
        private readonly byte[] _serverChallenge = new byte[Ciphering.MaxChallengeLength];
        private readonly byte[] _response;
        private readonly ApduWriter _writer;
        private readonly ApduReader _reader = new ApduReader();
        private SecurityContext _security;
        private bool _isOpen;
        private int _serverChallengeLength;
        private int _maxRequest;
        private int _conformance;

        /// <summary>Makes it, closed.</summary>
        /// <param name="link">The link; from now on used by this association alone.</param>
        /// <param name="random">Makes the challenges.</param>
        /// <param name="settings">Sizes.</param>
        public Association(HdlcLink link, IRandomSource random, LinkSettings settings)
        {
            _link = link;
            _random = random;
            _settings = settings;
            _response = new byte[settings.MaxResponse > MaxAare ? settings.MaxResponse : MaxAare];
            _writer = new ApduWriter(settings.MaxRequest);
        }

        /// <summary>Takes requests.</summary>
        public ApduWriter Writer => _writer;

        /// <summary>Holds responses.</summary>
        public ApduReader Reader => _reader;

        /// <summary>Whether it is open, as far as this side knows.</summary>
        public bool IsOpen => _isOpen;

        /// <summary>The client's SAP, of the call that opened it last.</summary>
        public int ClientAddress { get; private set; }

        /// <summary>Titles, keys and counter, of the call that opened it last; null without.</summary>
        public SecurityContext Security => _security;

        /// <summary>Offset, in what the reader holds, of the system title that the server told in its AARE; -1 when it told
        /// none. Good until the next call.</summary>
        public int TitleOffset => _aare.TitleLength == SecurityContext.TitleLength ? _aare.Title : -1;

        /// <summary>Why the last call did not end well.</summary>
        public DlmsDetail Detail { get; private set; }

        /// <summary>The code that goes with <see cref="Detail"/>.</summary>
        public int DetailCode { get; private set; }

        /// <summary>Opens an association, whatever state link and server are in.</summary>
        /// <param name="clientAddress">The client's SAP, 1…127.</param>
        /// <param name="security">Titles, keys and counter; null for one without authentication and ciphering.</param>
        public DlmsResult Open(int clientAddress, SecurityContext security)
        {
            HdlcResult link = Connect(clientAddress, security);
            if (link != HdlcResult.Ok)
            {
                return FailLink(link, DlmsResult.Refused);
            }

            DlmsResult result = security == null ? AssociatePublic() : AssociateCiphered();
            _isOpen = result == DlmsResult.Ok;
            return result;
        }

        /// <summary>Opens a link and exchanges one APDU each way, as they are. Closed afterwards.</summary>
        /// <param name="clientAddress">The client's SAP, 1…127.</param>
        /// <param name="apdu">Holds the request.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="responseLength">Length in bytes of the response, at which the reader stands.</param>
        public DlmsResult Deliver(int clientAddress, byte[] apdu, int offset, int length, out int responseLength)
        {
            responseLength = 0;
            HdlcResult link = Connect(clientAddress, null);
            if (link == HdlcResult.Ok)
            {
                link = _link.Exchange(apdu, offset, length, _response, out responseLength);
            }

            if (link != HdlcResult.Ok)
            {
                return FailLink(link, DlmsResult.Refused);
            }

            _reader.Open(_response, 0, responseLength);
            int tag = _reader.Peek();
            return tag == ApduTag.ExceptionResponse || tag == ApduTag.ConfirmedServiceError
                ? ReadRefusal(DlmsResult.Refused)
                : DlmsResult.Ok;
        }

        /// <summary>Starts a request: call before writing it.</summary>
        public void Begin()
        {
            Detail = DlmsDetail.None;
            DetailCode = 0;
            _writer.Open();
        }

        /// <summary>Whether all these bits were negotiated.</summary>
        /// <param name="bits">Bits of <see cref="Conformance"/>.</param>
        public bool Supports(int bits)
        {
            return (_conformance & bits) == bits;
        }

        /// <summary>Sends the request that the writer holds and receives its response.</summary>
        /// <param name="responseTag">Tag of the expected response, in its plain form.</param>
        /// <returns><see cref="DlmsResult.Ok"/> when the reader stands behind that tag.</returns>
        public DlmsResult Ask(byte responseTag)
        {
            if (!_isOpen)
            {
                return DlmsResult.NotAssociated;
            }

            // A refusal here is one that nothing protects: whoever sent it, the next request begins anew.
            DlmsResult result = Exchange(responseTag);
            _isOpen = result == DlmsResult.Ok;
            return result;
        }

        /// <summary>Notes why a call does not end well. Anything but a refusal closes the association.</summary>
        /// <param name="result">How the call ends.</param>
        /// <param name="detail">Why.</param>
        /// <param name="code">The code that goes with it.</param>
        /// <returns><paramref name="result"/>.</returns>
        public DlmsResult Fail(DlmsResult result, DlmsDetail detail, int code)
        {
            Detail = detail;
            DetailCode = code;
            _isOpen &= result == DlmsResult.Refused;
            return result;
        }

        private HdlcResult Connect(int clientAddress, SecurityContext security)
        {
            Begin();
            _isOpen = false;
            ClientAddress = clientAddress;
            _security = security;
            return _link.Connect(clientAddress);
        }

        private DlmsResult AssociatePublic()
        {
            AarqWriter.WritePublic(_writer, _settings.MaxResponse);
            DlmsResult result = ExchangeAssociation(Acse.ContextPlain, DiagnosticNone);
            if (result != DlmsResult.Ok)
            {
                return result;
            }

            _reader.Open(_response, _aare.Information, _aare.InformationLength);
            return ReadInitiate();
        }

        private DlmsResult AssociateCiphered()
        {
            _ciphering.Begin(_security);
            if (!_ciphering.NextCounter(out uint counter))
            {
                return Fail(DlmsResult.SecurityError, DlmsDetail.NoCounter, 0);
            }

            // Random, and with the counter also never twice the same, should the random source fail.
            _random.Fill(_challenge, 0, RandomLength);
            BigEndian.WriteU32(_challenge, RandomLength, counter);
            AarqWriter.WriteCiphered(_writer, _security, _ciphering, counter, _challenge, _settings.MaxResponse);
            DlmsResult result = ExchangeAssociation(Acse.ContextCiphered, DiagnosticAuthenticationRequired);
            if (result == DlmsResult.Ok)
            {
                result = CheckServer();
            }

            if (result == DlmsResult.Ok)
            {
                result = ReadCipheredInitiate();
            }

            return result == DlmsResult.Ok ? Authenticate() : result;
        }

        private DlmsResult ExchangeAssociation(byte context, int diagnostic)
        {
            HdlcResult link =
                _link.Exchange(_writer.Buffer, ApduWriter.Start, _writer.Length, _response, out int length);
            if (link != HdlcResult.Ok)
            {
                return FailLink(link, DlmsResult.Refused);
            }

            _reader.Open(_response, 0, length);
            if (_reader.Peek() != ApduTag.Aare)
            {
                return ReadRefusal(DlmsResult.Refused);
            }

            if (!_aare.Read(_reader, context))
            {
                return Fail(DlmsResult.ProtocolError, DlmsDetail.Malformed, 0);
            }

            if (_aare.Result != AareReader.Accepted)
            {
                return _aare.Result < 0 ? Fail(DlmsResult.ProtocolError, DlmsDetail.Malformed, 0)
                    : IsAnother() ? Fail(DlmsResult.SecurityError, DlmsDetail.Title, 0)
                    : Fail(DlmsResult.Refused, DlmsDetail.Diagnostic, _aare.Diagnostic);
            }

            return _aare.IsContextGood && _aare.Diagnostic == diagnostic
                ? DlmsResult.Ok
                : Fail(DlmsResult.ProtocolError, DlmsDetail.Context, _aare.Diagnostic);
        }

        // A server that rejects us need not say who it is. One that does, and is not the expected one, rejects us
        // because it is another.
        private bool IsAnother()
        {
            return _security != null && _aare.TitleLength > 0 && !HasExpectedTitle();
        }

        private bool HasExpectedTitle()
        {
            return _aare.TitleLength == SecurityContext.TitleLength
                && Octets.AreEqual(_security.ServerTitle, 0, _response, _aare.Title, SecurityContext.TitleLength)
                && !Octets.AreEqual(_security.ClientTitle, 0, _response, _aare.Title, SecurityContext.TitleLength);
        }

        private DlmsResult CheckServer()
        {
            if (!_aare.IsMechanismGmac)
            {
                return Fail(DlmsResult.ProtocolError, DlmsDetail.Context, 0);
            }

            if (!HasExpectedTitle())
            {
                return Fail(DlmsResult.SecurityError, DlmsDetail.Title, 0);
            }

            int length = _aare.ChallengeLength;
            if (length < MinChallenge || length > Ciphering.MaxChallengeLength
                || (length == _challenge.Length && Octets.AreEqual(_challenge, 0, _response, _aare.Challenge, length)))
            {
                return Fail(DlmsResult.SecurityError, DlmsDetail.Challenge, 0);
            }

            Array.Copy(_response, _aare.Challenge, _serverChallenge, 0, length);
            _serverChallengeLength = length;
            return DlmsResult.Ok;
        }

        private DlmsResult ReadCipheredInitiate()
        {
            _reader.Open(_response, _aare.Information, _aare.InformationLength);
            if (_reader.Peek() != ApduTag.GloInitiateResponse)
            {
                return Fail(DlmsResult.SecurityError, DlmsDetail.SecurityControl, 0);
            }

            DlmsResult result = Unprotect();
            return result == DlmsResult.Ok ? ReadInitiate() : result;
        }

        private DlmsResult ReadInitiate()
        {
            return Initiate.ReadResponse(_reader, out _conformance, out _maxRequest)
                ? DlmsResult.Ok
                : Fail(DlmsResult.ProtocolError, DlmsDetail.Malformed, 0);
        }

        // HLS pass 3 and 4.
        private DlmsResult Authenticate()
        {
            if (!_ciphering.NextCounter(out uint counter))
            {
                return Fail(DlmsResult.SecurityError, DlmsDetail.NoCounter, 0);
            }

            _writer.Open();
            ActionRequest.WriteHead(_writer, 0, _replyToHls, true);
            _writer.WriteU8(CosemType.OctetString);
            _writer.WriteU8(Ciphering.ProofLength);
            int proof = _writer.Reserve(Ciphering.ProofLength);
            _ciphering.Prove(counter, _serverChallenge, _serverChallengeLength, _writer.Buffer, proof);
            DlmsResult result = Exchange(ApduTag.ActionResponse);
            if (result != DlmsResult.Ok)
            {
                return result;
            }

            DlmsDetail detail = ActionResponse.Read(_reader, 0, out int code, out int offset, out int length);
            if (detail != DlmsDetail.None)
            {
                return Fail(
                    ActionResponse.IsRefusal(detail) ? DlmsResult.Refused : DlmsResult.ProtocolError, detail, code);
            }

            _reader.Open(_response, offset, length);
            int answer = _reader.ReadOctets(out int answerLength);
            if (!_reader.IsAtEnd)
            {
                return Fail(DlmsResult.ProtocolError, DlmsDetail.Malformed, 0);
            }

            detail = _ciphering.Verify(_challenge, _challenge.Length, _response, answer, answerLength);
            return detail == DlmsDetail.None ? DlmsResult.Ok : Fail(DlmsResult.SecurityError, detail, 0);
        }

        private DlmsResult Exchange(byte responseTag)
        {
            int offset = ApduWriter.Start;
            int length = _writer.Length;
            int overhead = _security == null ? 0 : Ciphering.MaxHeaderLength + Ciphering.TagLength;
            if (!_writer.IsGood || length > _maxRequest - overhead)
            {
                return Fail(DlmsResult.ProtocolError, DlmsDetail.TooLong, length);
            }

            if (_security != null && !Protect(ref offset, ref length))
            {
                return Fail(DlmsResult.SecurityError, DlmsDetail.NoCounter, 0);
            }

            HdlcResult link = _link.Exchange(_writer.Buffer, offset, length, _response, out int responseLength);
            if (link != HdlcResult.Ok)
            {
                return FailLink(link, DlmsResult.NotAssociated);
            }

            _reader.Open(_response, 0, responseLength);
            int tag = _reader.Peek();
            if (tag == ApduTag.ExceptionResponse || tag == ApduTag.ConfirmedServiceError)
            {
                return ReadRefusal(DlmsResult.NotAssociated);
            }

            DlmsResult result = DlmsResult.Ok;
            if (_security != null)
            {
                if (tag != (responseTag | ApduTag.GloBit))
                {
                    return Fail(DlmsResult.SecurityError, DlmsDetail.SecurityControl, tag);
                }

                result = Unprotect();
            }

            _reader.Expect(responseTag);
            return result != DlmsResult.Ok || _reader.IsGood
                ? result
                : Fail(DlmsResult.ProtocolError, DlmsDetail.Malformed, tag);
        }

        // Puts the ciphered form around the APDU, where it stands.
        private bool Protect(ref int offset, ref int length)
        {
            if (!_ciphering.NextCounter(out uint counter))
            {
                return false;
            }

            byte[] buffer = _writer.Buffer;
            byte tag = (byte)(buffer[offset] | ApduTag.GloBit);
            _ciphering.Seal(counter, buffer, offset, length);
            int content = Ciphering.SecurityHeaderLength + length + Ciphering.TagLength;
            int end = offset + length + Ciphering.TagLength;
            offset -= Ciphering.SecurityHeaderLength;
            buffer[--offset] = (byte)content;
            if (content > 0xFF)
            {
                buffer[--offset] = (byte)(content >> 8);
                buffer[--offset] = 0x82;
            }
            else if (content > 0x7F)
            {
                buffer[--offset] = 0x81;
            }

            buffer[--offset] = tag;
            length = end - offset;
            return true;
        }

        // Takes the ciphered form away from what the reader stands at.
        private DlmsResult Unprotect()
        {
            _reader.ReadU8();
            int length = _reader.ReadLength();
            if (!_reader.IsGood || length != _reader.Remaining)
            {
                return Fail(DlmsResult.ProtocolError, DlmsDetail.Malformed, 0);
            }

            DlmsDetail detail = _ciphering.Open(_response, _reader.Position, length, out int plain, out int plainLength);
            if (detail != DlmsDetail.None)
            {
                return Fail(DlmsResult.SecurityError, detail, 0);
            }

            _reader.Open(_response, plain, plainLength);
            return DlmsResult.Ok;
        }

        // Neither is protected, so neither is believed more than that the request failed. The counter that an
        // exception may carry is not even read.
        private DlmsResult ReadRefusal(DlmsResult whenNotAllowed)
        {
            int tag = _reader.ReadU8();
            int first = _reader.ReadU8();
            int second = _reader.ReadU8();
            if (tag == ApduTag.ConfirmedServiceError)
            {
                int value = _reader.ReadU8();
                return _reader.IsGood
                    ? Fail(DlmsResult.Refused, DlmsDetail.ServiceError, (second << 8) | value)
                    : Fail(DlmsResult.ProtocolError, DlmsDetail.Malformed, tag);
            }

            if (tag != ApduTag.ExceptionResponse || !_reader.IsGood)
            {
                return Fail(DlmsResult.ProtocolError, DlmsDetail.Malformed, tag);
            }

            int code = (first << 8) | second;
            DlmsResult result = code == NotPossibleInThisState ? whenNotAllowed : DlmsResult.Refused;
            return Fail(result, DlmsDetail.Exception, code);
        }

        private DlmsResult FailLink(HdlcResult link, DlmsResult whenDisconnected)
        {
            switch (link)
            {
                case HdlcResult.NoAnswer:
                    return Fail(DlmsResult.NoAnswer, DlmsDetail.None, 0);
                case HdlcResult.Disconnected:
                    return Fail(whenDisconnected, DlmsDetail.Disconnected, 0);
                case HdlcResult.Stopping:
                    return Fail(DlmsResult.Stopping, DlmsDetail.None, 0);
                case HdlcResult.TooLong:
                    return Fail(DlmsResult.ProtocolError, DlmsDetail.TooLong, 0);
                default:
                    return Fail(DlmsResult.ProtocolError, DlmsDetail.Link, 0);
            }
        }
    }
}
