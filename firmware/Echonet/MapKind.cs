using System;

namespace NanoComm.Echonet
{
    /// <summary>
    /// A property map, read off the object's table (ECHONET Lite, detailed requirements for device objects,
    /// appendix 1): fewer than 16 properties as count and codes, 16 or more as count and 16 bytes in which EPC e sets bit
    /// (e >> 4) − 8 of byte e &amp; 0F. With: the access that it lists.
    /// </summary>
    internal sealed class MapKind : PropertyKind
    {
        private const int BitmapLength = 16;

        /// <inheritdoc/>
        public override int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset)
        {
            int access = owner.WithOf(row);
            int count = Count(owner, access);
            buffer[offset] = (byte)count;
            if (count >= BitmapLength)
            {
                WriteBitmap(owner, access, buffer, offset + 1);
                return 1 + BitmapLength;
            }

            int end = offset + 1;
            for (int epc = EchonetObject.FirstEpc; end <= offset + count; epc++)
            {
                if (owner.Allows((byte)epc, access))
                {
                    buffer[end++] = (byte)epc;
                }
            }

            return 1 + count;
        }

        private static int Count(EchonetObject owner, int access)
        {
            int count = 0;
            for (int epc = EchonetObject.FirstEpc; epc <= byte.MaxValue; epc++)
            {
                count += owner.Allows((byte)epc, access) ? 1 : 0;
            }

            return count;
        }

        private static void WriteBitmap(EchonetObject owner, int access, byte[] buffer, int offset)
        {
            Array.Clear(buffer, offset, BitmapLength);
            for (int epc = EchonetObject.FirstEpc; epc <= byte.MaxValue; epc++)
            {
                if (owner.Allows((byte)epc, access))
                {
                    buffer[offset + (epc & 0x0F)] |= (byte)(1 << ((epc >> 4) - 8));
                }
            }
        }
    }
}
