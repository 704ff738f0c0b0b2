using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Security.Cryptography;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>
    /// A PANA message (RFC 5191) as it passes port 716. Layout and lengths are those of recorded B-route sessions;
    /// what would be AES-CMAC there is the first half of an HMAC-SHA-256 here, so that no outsider can take part, but
    /// nothing real can either.
    /// </summary>
    internal sealed class PanaMessage
    {
        public const ushort Port = 716;

        public const ushort Request = 0x8000;
        public const ushort Start = 0x4000;
        public const ushort Complete = 0x2000;
        public const ushort Reauthentication = 0x1000;

        public const ushort ClientInitiation = 1;
        public const ushort Authentication = 2;
        public const ushort Termination = 3;
        public const ushort Notification = 4;

        public const ushort AuthAvp = 1;
        public const ushort EapAvp = 2;
        public const ushort IntegrityAvp = 3;
        public const ushort KeyIdAvp = 4;
        public const ushort NonceAvp = 5;
        public const ushort PrfAvp = 6;
        public const ushort ResultAvp = 7;
        public const ushort LifetimeAvp = 8;

        public const int AuthLength = 16;

        private const int HeaderLength = 16;
        private const int AvpHeaderLength = 8;

        public ushort Flags { get; init; }

        public ushort Type { get; init; }

        public uint Session { get; init; }

        public uint Sequence { get; init; }

        public List<(ushort Code, byte[] Value)> Avps { get; } = new();

        public bool IsRequest => (Flags & Request) != 0;

        /// <summary>What answers a request: of its type, session and sequence number, without AVPs.</summary>
        public PanaMessage Answer(ushort flags = 0)
        {
            return new PanaMessage { Flags = flags, Type = Type, Session = Session, Sequence = Sequence };
        }

        public static PanaMessage Parse(byte[] bytes)
        {
            if (bytes.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)) != bytes.Length)
            {
                return null;
            }

            var message = new PanaMessage
            {
                Flags = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(4)),
                Type = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(6)),
                Session = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(8)),
                Sequence = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(12)),
            };
            int at = HeaderLength;
            while (at < bytes.Length)
            {
                if (bytes.Length - at < AvpHeaderLength)
                {
                    return null;
                }

                ushort code = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
                int length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 4));
                at += AvpHeaderLength;
                if (bytes.Length - at < Padded(length))
                {
                    return null;
                }

                message.Avps.Add((code, bytes[at..(at + length)]));
                at += Padded(length);
            }

            return message;
        }

        public byte[] Find(ushort code)
        {
            foreach ((ushort found, byte[] value) in Avps)
            {
                if (found == code)
                {
                    return value;
                }
            }

            return null;
        }

        /// <summary>Four bytes of an AVP as a number, or null without it.</summary>
        public uint? Number(ushort code)
        {
            byte[] value = Find(code);
            return value?.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;
        }

        public PanaMessage With(ushort code, byte[] value)
        {
            Avps.Add((code, value));
            return this;
        }

        public PanaMessage With(ushort code, uint value)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            return With(code, bytes);
        }

        /// <summary>The bytes, with an AUTH AVP at their end when there is a key.</summary>
        public byte[] ToBytes(byte[] key = null)
        {
            if (key == null)
            {
                return Write();
            }

            Avps.Add((AuthAvp, new byte[AuthLength]));
            byte[] bytes = Write();
            Mac(key, bytes).CopyTo(bytes.AsSpan(bytes.Length - AuthLength));
            return bytes;
        }

        /// <summary>Whether the message ends with an AUTH AVP made with that key.</summary>
        public static bool IsAuthentic(byte[] bytes, PanaMessage message, byte[] key)
        {
            if (message.Avps.Count == 0 || message.Avps[^1].Code != AuthAvp
                || message.Avps[^1].Value.Length != AuthLength)
            {
                return false;
            }

            byte[] copy = (byte[])bytes.Clone();
            copy.AsSpan(copy.Length - AuthLength).Clear();
            return CryptographicOperations.FixedTimeEquals(Mac(key, copy), message.Avps[^1].Value);
        }

        /// <summary>Sixteen bytes that only who has the key can make.</summary>
        public static byte[] Mac(byte[] key, params byte[][] parts)
        {
            using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            foreach (byte[] part in parts)
            {
                hash.AppendData(part);
            }

            return hash.GetHashAndReset()[..AuthLength];
        }

        private static int Padded(int length)
        {
            return (length + 3) & ~3;
        }

        private byte[] Write()
        {
            int total = HeaderLength;
            foreach ((ushort _, byte[] value) in Avps)
            {
                total += AvpHeaderLength + Padded(value.Length);
            }

            var bytes = new byte[total];
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)total);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), Flags);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), Type);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), Session);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(12), Sequence);
            int at = HeaderLength;
            foreach ((ushort code, byte[] value) in Avps)
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), code);
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + 4), (ushort)value.Length);
                value.CopyTo(bytes.AsSpan(at + AvpHeaderLength));
                at += AvpHeaderLength + Padded(value.Length);
            }

            return bytes;
        }
    }
}
