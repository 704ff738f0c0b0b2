using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>
    /// The four messages of EAP-PSK (RFC 4764) as they lie in PANA: field for field, with names as on the B route (SM
    /// or HM and the id). How the pre-shared key comes from id and password is our own choice, as are the MACs
    /// (<see cref="PanaMessage.Mac"/>).
    /// </summary>
    internal static class EapPsk
    {
        public const int RandomLength = 16;

        private const byte RequestCode = 1;
        private const byte ResponseCode = 2;
        private const byte Psk = 0x2F;
        private const int HeaderLength = 6;
        private const int ChannelLength = 21;
        private const int NonceLength = 4;

        private const string ServerPrefix = "SM";
        private const string ClientPrefix = "HM";

        public static byte[] MakePsk(string id, byte[] password)
        {
            return SHA256.HashData([.. Encoding.ASCII.GetBytes(id), .. password])[..16];
        }

        /// <summary>Server: I am, and here is a challenge.</summary>
        public static byte[] First(byte number, byte[] serverRandom, string id)
        {
            return Build(RequestCode, number, 0x00, serverRandom, Name(ServerPrefix, id));
        }

        /// <summary>The challenge of a first message from the server of that id, or null.</summary>
        public static byte[] ReadFirst(byte[] eap, string id)
        {
            byte[] name = Name(ServerPrefix, id);
            return IsValid(eap, RequestCode, 0x00, RandomLength + name.Length)
                && eap.AsSpan(HeaderLength + RandomLength).SequenceEqual(name)
                ? Random(eap, 0)
                : null;
        }

        /// <summary>Client: I know the key, and here is my challenge.</summary>
        public static byte[] Second(byte number, byte[] psk, byte[] serverRandom, byte[] clientRandom, string id)
        {
            byte[] client = Name(ClientPrefix, id);
            byte[] mac = PanaMessage.Mac(psk, client, Name(ServerPrefix, id), serverRandom, clientRandom);
            return Build(ResponseCode, number, 0x40, serverRandom, clientRandom, mac, client);
        }

        /// <summary>The client's challenge when it knows the key, or null.</summary>
        public static byte[] ReadSecond(byte[] eap, byte[] psk, byte[] serverRandom, string id)
        {
            byte[] client = Name(ClientPrefix, id);
            if (!IsValid(eap, ResponseCode, 0x40, (3 * RandomLength) + client.Length)
                || !eap.AsSpan(HeaderLength, RandomLength).SequenceEqual(serverRandom)
                || !eap.AsSpan(HeaderLength + (3 * RandomLength)).SequenceEqual(client))
            {
                return null;
            }

            byte[] clientRandom = Random(eap, 1);
            byte[] mac = PanaMessage.Mac(psk, client, Name(ServerPrefix, id), serverRandom, clientRandom);
            return CryptographicOperations.FixedTimeEquals(mac, Random(eap, 2)) ? clientRandom : null;
        }

        /// <summary>Server: I know it too.</summary>
        public static byte[] Third(byte number, byte[] psk, byte[] serverRandom, byte[] clientRandom, string id)
        {
            byte[] mac = PanaMessage.Mac(psk, Name(ServerPrefix, id), clientRandom);
            return Build(RequestCode, number, 0x80, serverRandom, mac, Channel(psk, clientRandom));
        }

        public static bool IsThird(byte[] eap, byte[] psk, byte[] serverRandom, byte[] clientRandom, string id)
        {
            return IsValid(eap, RequestCode, 0x80, (2 * RandomLength) + ChannelLength)
                && eap.AsSpan(HeaderLength, RandomLength).SequenceEqual(serverRandom)
                && CryptographicOperations.FixedTimeEquals(Random(eap, 1),
                    PanaMessage.Mac(psk, Name(ServerPrefix, id), clientRandom));
        }

        /// <summary>Client: done.</summary>
        public static byte[] Fourth(byte number, byte[] psk, byte[] serverRandom)
        {
            return Build(ResponseCode, number, 0xC0, serverRandom, Channel(psk, serverRandom));
        }

        public static bool IsFourth(byte[] eap, byte[] psk, byte[] serverRandom)
        {
            return IsValid(eap, ResponseCode, 0xC0, RandomLength + ChannelLength)
                && eap.AsSpan(HeaderLength, RandomLength).SequenceEqual(serverRandom)
                && eap.AsSpan(HeaderLength + RandomLength).SequenceEqual(Channel(psk, serverRandom));
        }

        /// <summary>EAP-Success or EAP-Failure.</summary>
        public static byte[] End(byte number, bool isSuccess)
        {
            return [isSuccess ? (byte)3 : (byte)4, number, 0, 4];
        }

        /// <summary>The key of the session, which both ends have in the end.</summary>
        public static byte[] SessionKey(byte[] psk, byte[] serverRandom, byte[] clientRandom)
        {
            return PanaMessage.Mac(psk, "session"u8.ToArray(), serverRandom, clientRandom);
        }

        private static byte[] Name(string prefix, string id)
        {
            return Encoding.ASCII.GetBytes(prefix + id);
        }

        private static byte[] Random(byte[] eap, int index)
        {
            return eap.AsSpan(HeaderLength + (index * RandomLength), RandomLength).ToArray();
        }

        // Nonce, tag, and one byte that says "success".
        private static byte[] Channel(byte[] psk, byte[] random)
        {
            return [.. new byte[NonceLength], .. PanaMessage.Mac(psk, "channel"u8.ToArray(), random), 0x80];
        }

        private static bool IsValid(byte[] eap, byte code, byte flags, int length)
        {
            return eap != null && eap.Length == HeaderLength + length && eap[0] == code
                && BinaryPrimitives.ReadUInt16BigEndian(eap.AsSpan(2)) == eap.Length && eap[4] == Psk
                && eap[5] == flags;
        }

        private static byte[] Build(byte code, byte number, byte flags, params byte[][] parts)
        {
            int length = HeaderLength;
            foreach (byte[] part in parts)
            {
                length += part.Length;
            }

            var eap = new byte[length];
            eap[0] = code;
            eap[1] = number;
            BinaryPrimitives.WriteUInt16BigEndian(eap.AsSpan(2), (ushort)length);
            eap[4] = Psk;
            eap[5] = flags;
            int at = HeaderLength;
            foreach (byte[] part in parts)
            {
                part.CopyTo(eap.AsSpan(at));
                at += part.Length;
            }

            return eap;
        }
    }
}
