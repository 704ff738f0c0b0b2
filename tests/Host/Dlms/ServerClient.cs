using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>
    /// A client written from the standard for these tests alone: frames, APDUs and cryptography of its own (.NET's
    /// AES-GCM), nothing of the server's. Each step can be taken singly, so that a test can take a wrong one.
    /// </summary>
    internal sealed class ServerClient
    {
        public const byte Snrm = 0x93;
        public const byte Disc = 0x53;
        public const byte Ua = 0x73;
        public const byte Dm = 0x1F;

        private readonly MeteringUnitServer _server;
        private readonly List<byte> _fromServer = new();
        private readonly AesGcm _gcm;
        private readonly byte[] _authenticationKey;

        public ServerClient(MeteringUnitServer server, byte sap, PairingKeys keys, byte[] serverTitle)
        {
            _server = server;
            Sap = sap;
            Title = keys?.ClientTitle;
            ServerTitle = serverTitle;
            if (keys != null)
            {
                _gcm = new AesGcm(keys.EncryptionKey, 12);
                _authenticationKey = keys.AuthenticationKey;
            }

            server.Send += bytes => _fromServer.AddRange(bytes.Span);
        }

        public byte Sap { get; }

        /// <summary>The server's HDLC address as it stands in a frame: 1, 2 or 4 bytes.</summary>
        public byte[] ServerAddress { get; set; } = [0x03];

        /// <summary>Whether APDUs go in the wrapper of TCP, to wPort 1.</summary>
        public bool IsWrapped { get; set; }

        public byte[] Title { get; set; }

        public byte[] ServerTitle { get; set; }

        public uint Counter { get; set; } = 0x1000;

        public List<uint> ServerCounters { get; } = new();

        public byte[] Challenge { get; set; } = Enumerable.Range(1, 16).Select(i => (byte)(i * 7)).ToArray();

        public byte[] ServerChallenge { get; private set; }

        public int MaxInformation { get; set; } = 128;

        public int MaxPdu { get; set; } = 1024;

        public int Conformance { get; set; } = 0x00121D;

        public int Settled { get; private set; }

        public int SendNumber { get; set; }

        public int ReceiveNumber { get; set; }

        public int BytesOnTheLine { get; private set; }

        public int Frames { get; private set; }

        /// <summary>A frame with its flags.</summary>
        public byte[] Frame(byte control, byte[] information = null, bool isSegmented = false, byte server = 1)
        {
            information ??= [];
            byte[] address = server == 1 ? ServerAddress : [(byte)((server << 1) | 1)];
            int length = 6 + address.Length + (information.Length == 0 ? 0 : information.Length + 2);
            int format = 0xA000 | (isSegmented ? 0x0800 : 0) | length;
            byte[] header = [(byte)(format >> 8), (byte)format, .. address, (byte)((Sap << 1) | 1), control];
            byte[] body = [.. header, .. Check(header)];
            if (information.Length > 0)
            {
                body = [.. body, .. information];
                body = [.. body, .. Check(body)];
            }

            return [0x7E, .. body, 0x7E];
        }

        /// <summary>Puts bytes on the line and takes what comes back.</summary>
        public byte[] Exchange(byte[] bytes)
        {
            _fromServer.Clear();
            _server.Receive(bytes);
            BytesOnTheLine += bytes.Length + _fromServer.Count;
            return _fromServer.ToArray();
        }

        /// <summary>Sends a frame and takes the answer apart; null when there is none.</summary>
        public (byte Control, bool IsSegmented, byte[] Information)? Ask(byte[] frame)
        {
            byte[] answer = Exchange(frame);
            Frames++;
            return answer.Length == 0 ? null : Parse(answer);
        }

        public (byte Control, bool IsSegmented, byte[] Information) Parse(byte[] answer)
        {
            int length = ((answer[1] & 7) << 8) | answer[2];
            Require(answer[0] == 0x7E && answer[^1] == 0x7E && (answer[1] & 0xF0) == 0xA0
                && length == answer.Length - 2,
                "frame " + Convert.ToHexString(answer));
            int control = 4 + ServerAddress.Length;
            Require(answer[3] == ((Sap << 1) | 1) && answer[4..control].SequenceEqual(ServerAddress), "addresses");
            Require(Check(answer[1..^3]).SequenceEqual(answer[^3..^1]), "FCS");
            if (length == control + 2)
            {
                return (answer[control], (answer[1] & 8) != 0, []);
            }

            Require(Check(answer[1..(control + 1)]).SequenceEqual(answer[(control + 1)..(control + 3)]), "HCS");
            return (answer[control], (answer[1] & 8) != 0, answer[(control + 3)..^3]);
        }

        public byte[] Connect(byte[] parameters = null)
        {
            if (IsWrapped)
            {
                return [];
            }

            SendNumber = 0;
            ReceiveNumber = 0;
            var answer = Ask(Frame(Snrm, parameters)).Value;
            Require(answer.Control == Ua, $"UA, not {answer.Control:X2}");
            return answer.Information;
        }

        /// <summary>Sends an APDU in segments where it is long, and takes the response; null when there is
        /// none.</summary>
        public byte[] Request(byte[] apdu)
        {
            if (IsWrapped)
            {
                byte[] answer = Exchange(Wrap(apdu));
                return answer.Length == 0 ? null : Unwrap(answer);
            }

            byte[] rest = [0xE6, 0xE6, 0x00, .. apdu];
            while (true)
            {
                byte[] segment = rest[..Math.Min(rest.Length, MaxInformation)];
                rest = rest[segment.Length..];
                byte control = (byte)((ReceiveNumber << 5) | 0x10 | (SendNumber << 1));
                var answer = Ask(Frame(control, segment, rest.Length > 0));
                if (answer == null)
                {
                    return null;
                }

                SendNumber = (SendNumber + 1) & 7;
                Require(answer.Value.Control >> 5 == SendNumber, "N(R)");
                if (rest.Length == 0)
                {
                    return Collect(answer.Value);
                }

                Require(answer.Value.Control == (byte)((SendNumber << 5) | 0x11), "RR");
            }
        }

        /// <summary>An APDU behind the header of IEC 62056-47.</summary>
        public byte[] Wrap(byte[] apdu)
        {
            return [0, 1, 0, Sap, 0, 1, (byte)(apdu.Length >> 8), (byte)apdu.Length, .. apdu];
        }

        /// <summary>The APDU of a message.</summary>
        public byte[] Unwrap(byte[] message)
        {
            Require(message.Length > 8 && message[..6].SequenceEqual(new byte[] { 0, 1, 0, 1, 0, Sap })
                && ((message[6] << 8) | message[7]) == message.Length - 8, "message " + Convert.ToHexString(message));
            return message[8..];
        }

        public byte[] Collect((byte Control, bool IsSegmented, byte[] Information) answer)
        {
            var all = new List<byte>();
            while (true)
            {
                Require((answer.Control & 1) == 0 && ((answer.Control >> 1) & 7) == ReceiveNumber,
                    $"I, not {answer.Control:X2}");
                ReceiveNumber = (ReceiveNumber + 1) & 7;
                all.AddRange(answer.Information);
                if (!answer.IsSegmented)
                {
                    break;
                }

                answer = Ask(Frame((byte)((ReceiveNumber << 5) | 0x11))).Value;
            }

            Require(all.Take(3).SequenceEqual(new byte[] { 0xE6, 0xE7, 0x00 }), "LLC");
            return all.Skip(3).ToArray();
        }

        /// <summary>Ciphers under the next counter.</summary>
        public byte[] Cipher(byte tag, byte[] plain, uint? counter = null, byte securityControl = 0x30)
        {
            uint c = counter ?? Counter++;
            var text = new byte[plain.Length];
            var check = new byte[12];
            _gcm.Encrypt(Nonce(Title, c), plain, text, check, (byte[])[securityControl, .. _authenticationKey]);
            byte[] body = [securityControl, .. BigEndian(c), .. text, .. check];
            return [tag, .. Length(body.Length), .. body];
        }

        /// <summary>Verifies and deciphers a response.</summary>
        public byte[] Decipher(byte tag, byte[] apdu)
        {
            Require(apdu[0] == tag, $"tag {tag:X2}, not {Convert.ToHexString(apdu)}");
            int head = apdu[1] < 0x80 ? 2 : 2 + (apdu[1] & 0x7F);
            byte[] body = apdu[head..];
            Require(Length(body.Length).SequenceEqual(apdu[1..head]), "length");
            Require(body[0] == 0x30, "security control");
            uint counter = BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(1));
            var plain = new byte[body.Length - 17];
            _gcm.Decrypt(Nonce(ServerTitle, counter), body.AsSpan(5, plain.Length), body.AsSpan(body.Length - 12),
                plain, (byte[])[0x30, .. _authenticationKey]);
            ServerCounters.Add(counter);
            return plain;
        }

        public byte[] InitiateRequest()
        {
            return [0x01, 0x00, 0x00, 0x00, 0x06, 0x5F, 0x1F, 0x04, 0x00,
                (byte)(Conformance >> 16), (byte)(Conformance >> 8), (byte)Conformance, (byte)(MaxPdu >> 8),
                    (byte)MaxPdu];
        }

        public byte[] Aarq(byte mechanism = 5, byte context = 3)
        {
            byte[] initiate = Cipher(0x21, InitiateRequest());
            byte[] body =
            [
                0xA1, 0x09, 0x06, 0x07, 0x60, 0x85, 0x74, 0x05, 0x08, 0x01, context,
                0xA6, 0x0A, 0x04, 0x08, .. Title,
                0x8A, 0x02, 0x07, 0x80,
                0x8B, 0x07, 0x60, 0x85, 0x74, 0x05, 0x08, 0x02, mechanism,
                0xAC, (byte)(Challenge.Length + 2), 0x80, (byte)Challenge.Length, .. Challenge,
                0xBE, (byte)(initiate.Length + 2), 0x04, (byte)initiate.Length, .. initiate,
            ];
            return [0x60, .. Length(body.Length), .. body];
        }

        public static byte[] PublicAarq(int conformance = 0x000010)
        {
            return
            [
                0x60, 0x1D, 0xA1, 0x09, 0x06, 0x07, 0x60, 0x85, 0x74, 0x05, 0x08, 0x01, 0x01,
                0xBE, 0x10, 0x04, 0x0E, 0x01, 0x00, 0x00, 0x00, 0x06, 0x5F, 0x1F, 0x04, 0x00,
                (byte)(conformance >> 16), (byte)(conformance >> 8), (byte)conformance, 0x04, 0x00,
            ];
        }

        /// <summary>AARE diagnostic of an AARE, and the fields of an accepted one taken over.</summary>
        public byte TakeAare(byte[] aare)
        {
            Require(aare[0] == 0x61 && aare[1] == aare.Length - 2, "AARE " + Convert.ToHexString(aare));
            byte diagnostic = aare[2 + 11 + 5 + 6];
            if (aare[2 + 11 + 4] != 0)
            {
                return diagnostic;
            }

            int at = 2 + 11 + 5 + 7;
            while (at < aare.Length)
            {
                byte[] value = aare[(at + 2)..(at + 2 + aare[at + 1])];
                switch (aare[at])
                {
                    case 0xA4:
                        Require(value[2..].SequenceEqual(ServerTitle), "server title");
                        break;
                    case 0xAA:
                        ServerChallenge = value[2..];
                        break;
                    case 0xBE:
                        byte[] plain = value[2] == 0x28 ? Decipher(0x28, value[2..]) : value[2..];
                        Require(plain.Length == 14 && plain[0] == 0x08, "initiate response");
                        Settled = (plain[7] << 16) | (plain[8] << 8) | plain[9];
                        break;
                }

                at += 2 + value.Length;
            }

            return diagnostic;
        }

        public byte[] Proof(uint counter, byte[] challenge)
        {
            return [0x10, .. BigEndian(counter), .. Gmac(Title, counter, challenge)];
        }

        public byte[] Gmac(byte[] title, uint counter, byte[] challenge)
        {
            var tag = new byte[12];
            _gcm.Encrypt(Nonce(title, counter), Array.Empty<byte>(), Array.Empty<byte>(), tag,
                (byte[])[0x10, .. _authenticationKey, .. challenge]);
            return tag;
        }

        public static byte[] ReplyToHls(byte[] proof)
        {
            return [0xC3, 0x01, 0xC1, 0x00, 0x0F, 0x00, 0x00, 0x28, 0x00, 0x00, 0xFF, 0x01, 0x01, 0x09,
                (byte)proof.Length, .. proof];
        }

        /// <summary>SNRM to pass 4.</summary>
        public void Associate()
        {
            Connect();
            Require(TakeAare(Request(Aarq())) == 14, "authentication required");
            byte[] pass4 = Decipher(0xCF, Request(Cipher(0xCB, ReplyToHls(Proof(Counter++, ServerChallenge)))));
            Require(pass4.Length == 25 && pass4[..8].SequenceEqual(new byte[] { 0xC7, 1, 0xC1, 0, 1, 0, 9, 17 }),
                "pass 4 " + Convert.ToHexString(pass4));
            uint counter = BinaryPrimitives.ReadUInt32BigEndian(pass4.AsSpan(9));
            ServerCounters.Insert(ServerCounters.Count - 1, counter);
            Require(pass4[8] == 0x10 && pass4[13..].SequenceEqual(Gmac(ServerTitle, counter, Challenge)),
                "proof of the server");
        }

        public void AssociatePublic()
        {
            Connect();
            Require(TakeAare(Request(PublicAarq())) == 0, "associated");
        }

        /// <summary>A plain service under the global key, or plain without keys.</summary>
        public byte[] Serve(byte[] plain)
        {
            if (_gcm == null)
            {
                return Request(plain);
            }

            byte[] response = Request(Cipher((byte)(plain[0] + 8), plain));
            return response[0] == 0xD8 ? response : Decipher((byte)(plain[0] + 0x0C), response);
        }

        public static byte[] Reference(int classId, string name, int attribute, byte[] selection = null)
        {
            byte[] access = selection == null ? [0] : [1, .. selection];
            return [(byte)(classId >> 8), (byte)classId, .. Name(name), (byte)attribute, .. access];
        }

        public static byte[] Name(string name)
        {
            return name.Split('.').Select(byte.Parse).ToArray();
        }

        /// <summary>GET, blocks included: the data, or null and the result.</summary>
        public byte[] Get(int classId, string name, int attribute, byte[] selection = null)
        {
            byte[] data = TryGet(classId, name, attribute, selection, out byte result);
            Require(data != null, $"{name} attribute {attribute}: {result}");
            return data;
        }

        public byte[] TryGet(int classId, string name, int attribute, byte[] selection, out byte result)
        {
            byte[] response = Serve([0xC0, 0x01, 0xC1, .. Reference(classId, name, attribute, selection)]);
            result = 0;
            if (response[1] == 2)
            {
                return CollectBlocks(response);
            }

            Require(response[0] == 0xC4 && response[1] == 1 && response[2] == 0xC1, Convert.ToHexString(response));
            result = response[3] == 0 ? (byte)0 : response[4];
            return response[3] == 0 ? response[4..] : null;
        }

        public byte[] GetList(params byte[][] references)
        {
            byte[] response = Serve([0xC0, 0x03, 0xC1, (byte)references.Length, .. references.SelectMany(r => r)]);
            if (response[1] == 2)
            {
                return CollectBlocks(response);
            }

            Require(response[0] == 0xC4 && response[1] == 3 && response[2] == 0xC1, Convert.ToHexString(response));
            return response[3..];
        }

        public byte[] CollectBlocks(byte[] response)
        {
            var all = new List<byte>();
            for (uint number = 1; ; number++)
            {
                Require(response[0] == 0xC4 && response[1] == 2 && response[2] == 0xC1
                    && BinaryPrimitives.ReadUInt32BigEndian(response.AsSpan(4)) == number && response[8] == 0,
                    Convert.ToHexString(response));
                int head = response[9] < 0x80 ? 10 : 10 + (response[9] & 0x7F);
                Require(Length(response.Length - head).SequenceEqual(response[9..head]), "block length");
                all.AddRange(response[head..]);
                if (response[3] == 1)
                {
                    return all.ToArray();
                }

                response = Serve([0xC0, 0x02, 0xC1, .. BigEndian(number)]);
            }
        }

        public byte Set(int classId, string name, int attribute, byte[] data)
        {
            byte[] response = Serve([0xC1, 0x01, 0xC1, .. Reference(classId, name, attribute), .. data]);
            Require(response[0] == 0xC5 && response.Length == 4, Convert.ToHexString(response));
            return response[3];
        }

        /// <summary>Parameters of selector 1.</summary>
        public static byte[] Range(byte[] from, byte[] to)
        {
            return [1, 2, 4, 2, 4, 0x12, 0, 8, 9, 6, 0, 0, 1, 0, 0, 255, 15, 2, 0x12, 0, 0,
                9, 12, .. from, 9, 12, .. to, 1, 0];
        }

        /// <summary>Parameters of selector 2.</summary>
        public static byte[] Entries(uint from, uint to, int fromColumn = 1, int toColumn = 0)
        {
            return [2, 2, 4, 6, .. BigEndian(from), 6, .. BigEndian(to), 0x12, 0, (byte)fromColumn, 0x12, 0,
                (byte)toColumn];
        }

        /// <summary>A date-time of Japan.</summary>
        public static byte[] DateTime(DateTime t)
        {
            return [(byte)(t.Year >> 8), (byte)t.Year, (byte)t.Month, (byte)t.Day, 0xFF, (byte)t.Hour, (byte)t.Minute,
                (byte)t.Second, 0xFF, 0xFD, 0xE4, 0];
        }

        public static byte[] BigEndian(uint value)
        {
            return [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
        }

        // Bit by bit, as ISO/IEC 13239 describes it.
        public static byte[] Check(byte[] bytes)
        {
            int crc = 0xFFFF;
            foreach (byte b in bytes)
            {
                for (int bit = 0; bit < 8; bit++)
                {
                    bool isOne = ((crc ^ (b >> bit)) & 1) != 0;
                    crc = (crc >> 1) ^ (isOne ? 0x8408 : 0);
                }
            }

            return [(byte)~crc, (byte)(~crc >> 8)];
        }

        private static byte[] Length(int value)
        {
            return value < 0x80 ? [(byte)value] : value < 0x100 ? [0x81, (byte)value]
                : [0x82, (byte)(value >> 8), (byte)value];
        }

        private static byte[] Nonce(byte[] title, uint counter)
        {
            return [.. title, .. BigEndian(counter)];
        }

        private static void Require(bool holds, string what)
        {
            if (!holds)
            {
                throw new InvalidOperationException("The server's answer: " + what);
            }
        }
    }
}
