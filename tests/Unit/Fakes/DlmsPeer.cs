using System;
using System.Collections;
using NanoComm.Bytes;
using NanoComm.Crypto;
using NanoComm.Dlms;
using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>
    /// A line, a clock and the smallest server that the client's tests need: HDLC with segments and repetition, one
    /// association, and scripted answers. Knobs let it misbehave. Time passes only while the client waits. What it
    /// answers to whom is written in the tests; the server that knows DLMS for itself is the simulated metering unit.
    /// </summary>
    public sealed class DlmsPeer : ISerialLine, IClock, ILoops, ISignal, IRandomSource
    {
        public const string ClientTitle = "4E434D0000000001";
        public const string ServerTitle = "4D4D4D0000BC614E";
        public const string Guek = "000102030405060708090A0B0C0D0E0F";
        public const string Gak = "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF";

        /// <summary>Plain answers in the order of the requests after the association; "!" first: sent
        /// unprotected.</summary>
        public readonly ArrayList Script = new ArrayList();

        /// <summary>The requests after the association, decrypted.</summary>
        public readonly ArrayList Requests = new ArrayList();

        /// <summary>Frames from the client, as sent.</summary>
        public readonly ArrayList Frames = new ArrayList();

        public int Segment = 128;
        public string UaInformation = "";
        public string Title = ServerTitle;
        public string StoC = "503677524A323146";
        public string Diagnostic = "0E";
        public string Result = "00";
        public string InitiateResponse = "0800065F1F040000121504000007";
        public uint Counter = 0x01234567;
        public byte SecurityControl = 0x30;
        public bool CorruptTag;
        public bool CorruptProof;
        public bool EchoChallenge;
        public int Chunk = 1024;
        public int Delay;
        public int DropRequests;
        public int RefuseWrites;
        public int DropResponses;
        public int NotReady;

        /// <summary>Number of the frame from the client, from 0, that is lost, or whose answer is; -1 for
        /// none.</summary>
        public int LoseFrame = -1;
        public bool LoseResponse;

        /// <summary>When set, the answer to every request as it is; no association is needed.</summary>
        public string Raw = "";
        public bool Twice;
        public string Noise = "";
        public string Override = "";
        public int BytesToPeer;
        public int BytesFromPeer;
        public byte RandomByte = 0x5A;

        /// <summary>Plays the pairings when set: then keys and answers are its affair.</summary>
        public PairingPeer Pairings;

        private AesGcm _gcm = new AesGcm(new PortableAes(Hex.Parse(Guek)));
        private string _gak = Gak;
        private readonly byte[] _out = new byte[8192];
        private readonly byte[] _request = new byte[4096];
        private byte[] _response = new byte[0];
        private byte[] _last = new byte[0];
        private string _ctoS = "";
        private int _outStart;
        private int _outEnd;
        private long _due;
        private int _requestLength;
        private int _sent;
        private int _vs;
        private int _vr;
        private byte _client;
        private bool _isConnected;

        public int BaudRate => 9600;

        public long Milliseconds { get; set; }

        public bool IsStopping { get; set; }

        /// <summary>The server forgets link and association.</summary>
        public void Restart()
        {
            _isConnected = false;
        }

        public ISignal CreateSignal(string name)
        {
            return this;
        }

        public LoopBeat Start(string name, IReaction reaction, ISignal wake)
        {
            throw new InvalidOperationException();
        }

        public LoopBeat Start(string name, ISequence sequence)
        {
            throw new InvalidOperationException();
        }

        public void StartWatch(IReaction watch)
        {
            throw new InvalidOperationException();
        }

        public void Set()
        {
        }

        public WaitResult Wait(long deadline)
        {
            if (IsStopping)
            {
                return WaitResult.Stopping;
            }

            if (_outEnd > _outStart && _due <= deadline)
            {
                Milliseconds = _due > Milliseconds ? _due : Milliseconds;
                return WaitResult.Signalled;
            }

            Milliseconds = deadline;
            return WaitResult.TimedOut;
        }

        public void Fill(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = RandomByte++;
            }
        }

        public void Notify(ISignal received)
        {
        }

        public void DiscardInput()
        {
            _outStart = _outEnd;
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            int there = Milliseconds >= _due ? _outEnd - _outStart : 0;
            count = count < there ? count : there;
            count = count < Chunk ? count : Chunk;
            Array.Copy(_out, _outStart, buffer, offset, count);
            _outStart += count;
            return count;
        }

        public bool Write(byte[] buffer, int offset, int count)
        {
            Frames.Add(Hex.Format(buffer, offset, count));
            BytesToPeer += count;
            if (RefuseWrites > 0)
            {
                RefuseWrites--;
                return false;
            }

            bool isLost = LoseFrame == Frames.Count - 1;
            if (isLost && !LoseResponse)
            {
                return true;
            }

            if (DropRequests != 0)
            {
                DropRequests--;
                return true;
            }

            DropResponses += isLost ? 1 : 0;
            Assert(buffer[offset] == 0x7E && buffer[offset + count - 1] == 0x7E);
            Assert((((buffer[offset + 1] & 7) << 8) | buffer[offset + 2]) == count - 2);
            Assert(Crc16.Matches(buffer, offset + 1, count - 4));
            Assert(count == 9 || Crc16.Matches(buffer, offset + 1, 5));
            Assert(buffer[offset + 3] == 0x03);
            _client = buffer[offset + 4];
            bool isSegment = (buffer[offset + 1] & 0x08) != 0;
            Handle(buffer[offset + 5], buffer, offset + 8, count == 9 ? 0 : count - 11, isSegment);
            return true;
        }

        /// <summary>Puts bytes on the line that nobody asked for.</summary>
        public void Deliver(byte[] bytes)
        {
            Put(bytes);
        }

        /// <summary>Takes other keys, from the next association on.</summary>
        public void Use(string guek, string gak)
        {
            _gcm = new AesGcm(new PortableAes(Hex.Parse(guek)));
            _gak = gak;
        }

        /// <summary>A frame as the server sends it.</summary>
        public byte[] Frame(byte control, byte[] information, int offset, int length, bool isSegment)
        {
            var frame = new byte[length + HdlcFrame.Overhead];
            Array.Copy(information, offset, frame, HdlcFrame.InformationOffset, length);
            int size = HdlcFrame.Complete(frame, length, isSegment, _client, 0x03, control);
            var cut = new byte[size];
            Array.Copy(frame, cut, size);
            return cut;
        }

        private static void Assert(bool good)
        {
            if (!good)
            {
                throw new InvalidOperationException();
            }
        }

        private static string U32(uint value)
        {
            var bytes = new byte[4];
            BigEndian.WriteU32(bytes, 0, value);
            return Hex.Format(bytes, 0, 4);
        }

        private static string Length(int length)
        {
            var bytes = new byte[] { (byte)(length >> 8), (byte)length };
            return length < 0x80 ? Hex.Format(bytes, 1, 1)
                : length < 0x100 ? "81" + Hex.Format(bytes, 1, 1)
                : "82" + Hex.Format(bytes, 0, 2);
        }

        private void Handle(byte control, byte[] buffer, int offset, int length, bool isSegment)
        {
            if (control == HdlcControl.Snrm)
            {
                _isConnected = true;
                _vs = 0;
                _vr = 0;
                _requestLength = 0;
                _ctoS = "";
                byte[] parameters = Hex.Parse(UaInformation);
                Send(Frame(HdlcControl.Ua, parameters, 0, parameters.Length, false));
            }
            else if (!_isConnected)
            {
                Send(Frame(HdlcControl.Dm, buffer, 0, 0, false));
            }
            else if (HdlcControl.IsInformation(control))
            {
                HandleInformation(control, buffer, offset, length, isSegment);
            }
            else
            {
                Assert(HdlcControl.IsReceiveReady(control));
                if (HdlcControl.ReceiveNumber(control) == _vs && _sent < _response.Length)
                {
                    SendSegment();
                }
                else
                {
                    Send(_last);
                }
            }
        }

        private void HandleInformation(byte control, byte[] buffer, int offset, int length, bool isSegment)
        {
            if (HdlcControl.SendNumber(control) != _vr)
            {
                Send(_last);
                return;
            }

            _vr = (_vr + 1) & 7;
            Array.Copy(buffer, offset, _request, _requestLength, length);
            _requestLength += length;
            if (isSegment)
            {
                Send(Frame(HdlcControl.ReceiveReady(_vr), buffer, 0, 0, false));
                return;
            }

            Assert(Hex.Format(_request, 0, 3) == "E6E600");
            _response = Hex.Parse("E6E700" + Answer(_requestLength));
            _requestLength = 0;
            _sent = 0;
            if (NotReady > 0)
            {
                NotReady--;
                Send(Frame((byte)(HdlcControl.ReceiveReady(_vr) | 0x04), buffer, 0, 0, false));
                return;
            }

            SendSegment();
        }

        private void SendSegment()
        {
            int part = _response.Length - _sent;
            part = part < Segment ? part : Segment;
            byte control = HdlcControl.Information(_vs, _vr);
            byte[] frame = Frame(control, _response, _sent, part, _sent + part < _response.Length);
            _sent += part;
            _vs = (_vs + 1) & 7;
            Send(frame);
        }

        private void Send(byte[] frame)
        {
            _last = frame;
            if (Override.Length > 0)
            {
                frame = Hex.Parse(Override);
                Override = "";
            }

            if (DropResponses != 0)
            {
                DropResponses--;
                return;
            }

            if (_outStart == _outEnd)
            {
                _outStart = 0;
                _outEnd = 0;
                _due = Milliseconds + Delay;
            }

            Put(Hex.Parse(Noise));
            Put(frame);
            if (Twice)
            {
                Put(frame);
            }
        }

        private void Put(byte[] bytes)
        {
            Array.Copy(bytes, 0, _out, _outEnd, bytes.Length);
            _outEnd += bytes.Length;
            BytesFromPeer += bytes.Length;
        }

        private string Answer(int length)
        {
            if (Raw.Length > 0)
            {
                Requests.Add(Hex.Format(_request, 3, length - 3));
                return Raw;
            }

            byte tag = _request[3];
            if (Pairings != null && tag == PairingPeer.TicketTag)
            {
                return Hex.Compact(Pairings.TakeTicket(_client >> 1, Hex.Format(_request, 3, length - 3)));
            }

            if (tag == ApduTag.Aarq)
            {
                return _client == 0x21 ? PublicAare() : Aare(length);
            }

            if (_client == 0x21)
            {
                Requests.Add(Hex.Format(_request, 3, length - 3));
                return Scripted();
            }

            int header = _request[4] < 0x80 ? 2 : _request[4] == 0x81 ? 3 : 4;
            string plain = Decrypt(3 + header, length - 3 - header);
            Assert(plain != null);
            if (plain.IndexOf("C301C0000F0000280000FF0101") == 0)
            {
                return Encrypt(0xCF, "C701C00001000911" + Proof(plain));
            }

            Requests.Add(plain);
            string answer = Scripted();
            return answer.Length > 0 && answer[0] == '!'
                ? answer.Substring(1)
                : Encrypt((byte)(Hex.Parse(answer)[0] | 0x08), answer);
        }

        private string Scripted()
        {
            if (Pairings != null)
            {
                return Hex.Compact(Pairings.Answer(_client >> 1, (string)Requests[Requests.Count - 1]));
            }

            var answer = (string)Script[0];
            Script.RemoveAt(0);
            return Hex.Compact(answer);
        }

        private string PublicAare()
        {
            string title = Pairings == null || Title.Length == 0 ? "" : "A40A0408" + Title;
            string rest = Hex.Compact("A109060760857405080101 A203020100 A305A103020100" + title + "BE10040E" + InitiateResponse);
            return "61" + Length(rest.Length / 2) + rest;
        }

        private string Aare(int length)
        {
            string aarq = Hex.Format(_request, 3, length - 3);
            Assert(aarq.IndexOf("605DA109060760857405080103A60A0408" + ClientTitle) == 0);
            int challenge = aarq.IndexOf("AC128010") + 8;
            _ctoS = aarq.Substring(challenge, 32);
            bool hasKeys = Pairings == null || Pairings.Associate(_client >> 1);
            if (!hasKeys || Decrypt(3 + (aarq.IndexOf("BE230421211F") / 2) + 6, 31) == null)
            {
                Assert(Pairings != null);
                return Hex.Compact("6123 A109060760857405080103 A203020101 A305A10302010D A40A0408" + Title);
            }

            string stoC = EchoChallenge ? _ctoS : StoC;
            string rest = "A109060760857405080103 A2030201" + Result + " A305A1030201" + Diagnostic
                + " A40A0408" + Title + " 88020780 890760857405080205 AA" + Length((stoC.Length / 2) + 2)
                + "80" + Length(stoC.Length / 2) + stoC
                + " BE230421" + Encrypt(0x28, InitiateResponse);
            rest = Hex.Compact(rest);
            return "61" + Length(rest.Length / 2) + rest;
        }

        private string Proof(string pass3)
        {
            byte[] proof = Hex.Parse(pass3.Substring(30));
            Assert(proof.Length == 17 && proof[0] == 0x10);
            byte[] aad = Hex.Parse("10" + _gak + StoC);
            byte[] iv = Hex.Parse(ClientTitle + Hex.Format(proof, 1, 4));
            Assert(_gcm.VerifyGmac(iv, aad, 0, aad.Length, proof, 5));
            aad = Hex.Parse("10" + _gak + _ctoS);
            iv = Hex.Parse(ServerTitle + U32(Counter));
            proof[0] = 0x10;
            BigEndian.WriteU32(proof, 1, Counter++);
            _gcm.Gmac(iv, aad, 0, aad.Length, proof, 5);
            proof[16] ^= (byte)(CorruptProof ? 1 : 0);
            return Hex.Format(proof, 0, 17);
        }

        private string Encrypt(byte tag, string plain)
        {
            byte[] text = Hex.Parse(plain);
            var buffer = new byte[text.Length + AesGcm.TagLength];
            Array.Copy(text, buffer, text.Length);
            SetAad();
            _gcm.Encrypt(Hex.Parse(ServerTitle + U32(Counter)), buffer, 0, text.Length);
            buffer[buffer.Length - 1] ^= (byte)(CorruptTag ? 1 : 0);
            return Hex.Format(new byte[] { tag }, 0, 1) + Length(buffer.Length + 5)
                + Hex.Format(new byte[] { SecurityControl }, 0, 1) + U32(Counter++)
                + Hex.Format(buffer, 0, buffer.Length);
        }

        private string Decrypt(int offset, int length)
        {
            Assert(_request[offset] == 0x30);
            byte[] iv = Hex.Parse(ClientTitle + Hex.Format(_request, offset + 1, 4));
            SetAad();
            return _gcm.Decrypt(iv, _request, offset + 5, length - 5 - AesGcm.TagLength)
                ? Hex.Format(_request, offset + 5, length - 5 - AesGcm.TagLength)
                : null;
        }

        private void SetAad()
        {
            byte[] aad = Hex.Parse("30" + _gak);
            _gcm.SetAad(aad, 0, aad.Length);
        }
    }
}
