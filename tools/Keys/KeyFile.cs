using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace NanoComm.Keys
{
    /// <summary>
    /// The file in which a factory hands the keys of new units to the key management: "NCK1" | iterations u32 | salt 16 |
    /// pieces, each u32 length | sealed. A piece holds whole units and is sealed with its number and whether it is the
    /// last, so that none can be left out, doubled or exchanged, nor the file cut short.
    /// </summary>
    public static class KeyFile
    {
        private const int UnitsPerPiece = 256;
        private const int MaxPieceLength = 64 * 1024;

        private static ReadOnlySpan<byte> Magic => "NCK1"u8;

        /// <summary>Writes a file.</summary>
        /// <param name="stream">The file.</param>
        /// <param name="passphrase">12 characters or more.</param>
        /// <param name="units">Units; their keys are not wiped.</param>
        /// <exception cref="LedgerException">The passphrase is too short.</exception>
        public static void Write(Stream stream, string passphrase, IEnumerable<NewUnit> units)
        {
            PassphraseScheme.Check(passphrase);
            PassphraseScheme scheme = PassphraseScheme.MakeUp();
            using SealingKey key = scheme.Derive(passphrase);
            stream.Write(Magic);
            stream.Write(U32((uint)scheme.Iterations));
            stream.Write(scheme.Salt);
            var piece = new MemoryStream();
            uint number = 0;
            int count = 0;
            foreach (NewUnit unit in units)
            {
                if (count == UnitsPerPiece)
                {
                    WritePiece(stream, key, piece, number, isLast: false);
                    number++;
                    count = 0;
                }

                Append(piece, unit);
                count++;
            }

            WritePiece(stream, key, piece, number, isLast: true);
        }

        /// <summary>Reads a file, unit by unit: that it is whole is known only when the last one was read.</summary>
        /// <exception cref="LedgerException">It is not such a file, the passphrase is wrong, or it was damaged or cut
        /// short.</exception>
        public static IEnumerable<NewUnit> Read(Stream stream, string passphrase)
        {
            var header = new byte[Magic.Length + 4 + PassphraseScheme.SaltLength];
            if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
                || !header.AsSpan().StartsWith(Magic))
            {
                throw new LedgerException("this is not a file of keys");
            }

            var scheme = new PassphraseScheme((int)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(Magic.Length)),
                header[(Magic.Length + 4)..]);
            using SealingKey key = scheme.Derive(passphrase);
            bool isLast = false;
            for (uint number = 0; !isLast; number++)
            {
                byte[] piece = ReadPiece(stream, key, number, out isLast);
                for (int offset = 0; offset < piece.Length;)
                {
                    yield return Take(piece, ref offset);
                }

                CryptographicOperations.ZeroMemory(piece);
            }

            if (stream.ReadByte() >= 0)
            {
                throw Damaged();
            }
        }

        private static void WritePiece(Stream stream, SealingKey key, MemoryStream piece, uint number, bool isLast)
        {
            Span<byte> plain = piece.GetBuffer().AsSpan(0, (int)piece.Length);
            byte[] bytes = key.Seal(plain, Label(number, isLast));
            CryptographicOperations.ZeroMemory(plain);
            piece.SetLength(0);
            stream.Write(U32((uint)bytes.Length));
            stream.Write(bytes);
        }

        private static byte[] ReadPiece(Stream stream, SealingKey key, uint number, out bool isLast)
        {
            var length = new byte[4];
            int wanted = stream.ReadAtLeast(length, 4, throwOnEndOfStream: false) == 4
                ? (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(length), int.MaxValue)
                : throw Damaged();
            if (wanted > MaxPieceLength)
            {
                throw Damaged();
            }

            var bytes = new byte[wanted];
            if (stream.ReadAtLeast(bytes, wanted, throwOnEndOfStream: false) < wanted)
            {
                throw Damaged();
            }

            byte[] plain = key.Open(bytes, Label(number, isLast: false));
            isLast = plain is null;
            return plain ?? key.Open(bytes, Label(number, isLast: true))
                ?? throw (number == 0 ? new LedgerException("wrong passphrase for the file of keys, or it is damaged")
                    : Damaged());
        }

        // kind u8 | title 8 | length of the serial number u8 | serial number | keys
        private static void Append(MemoryStream piece, NewUnit unit)
        {
            byte[] keys = unit.Keys.ToArray();
            piece.WriteByte((byte)unit.Kind);
            piece.Write(unit.Title.ToArray());
            piece.WriteByte((byte)unit.Serial.Length);
            piece.Write(Encoding.ASCII.GetBytes(unit.Serial));
            piece.Write(keys);
            CryptographicOperations.ZeroMemory(keys);
        }

        // Whoever has the passphrase made the piece: what does not fit in it is a fault of the program that did.
        private static NewUnit Take(byte[] piece, ref int offset)
        {
            try
            {
                var kind = (UnitKind)piece[offset];
                int serialOffset = offset + 1 + SystemTitle.Length + 1;
                int serialLength = piece[serialOffset - 1];
                int end = serialOffset + serialLength + UnitKeys.LengthOf(kind);
                if (!Enum.IsDefined(kind) || serialLength > NewUnit.MaxSerialLength)
                {
                    throw Damaged();
                }

                var unit = new NewUnit(new SystemTitle(piece.AsSpan(offset + 1, SystemTitle.Length)), kind,
                    Encoding.ASCII.GetString(piece, serialOffset, serialLength),
                    UnitKeys.Read(kind, piece.AsSpan((serialOffset + serialLength)..end)));
                offset = end;
                return unit;
            }
            catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException)
            {
                throw Damaged();
            }
        }

        private static byte[] Label(uint number, bool isLast) => [.. Magic, .. U32(number), isLast ? (byte)1 : (byte)0];

        private static byte[] U32(uint value)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            return bytes;
        }

        private static LedgerException Damaged()
        {
            return new LedgerException("the file of keys is damaged or cut short: have it sent again");
        }
    }
}
