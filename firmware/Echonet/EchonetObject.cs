using System;

namespace NanoComm.Echonet
{
    /// <summary>An object of the node: reads and writes properties as bytes. Knows neither frames nor transport.</summary>
    public abstract class EchonetObject
    {
        /// <summary>A property that is not there, cannot be read, or refuses a value.</summary>
        public const int NotServed = -1;

        /// <summary>Version of the standard that the objects follow (82): Release R.</summary>
        protected const byte Release = (byte)'R';

        private readonly PropertyMap _inf;
        private readonly PropertyMap _set;
        private readonly PropertyMap _get;

        /// <summary>Makes an object.</summary>
        /// <param name="eoj">Its code, with an instance of 1 or more.</param>
        /// <param name="inf">Properties that are announced.</param>
        /// <param name="set">Properties that can be written.</param>
        /// <param name="get">Properties that can be read.</param>
        protected EchonetObject(int eoj, PropertyMap inf, PropertyMap set, PropertyMap get)
        {
            Code = eoj;
            _inf = inf;
            _set = set;
            _get = get;
        }

        /// <summary>The object's code.</summary>
        public int Code { get; }

        /// <summary>Whether the object is there now; while it is not, requests to it are not answered.</summary>
        public virtual bool IsPresent
        {
            get { return true; }
        }

        /// <summary>Whether a property is in the announcement map.</summary>
        public bool IsAnnounced(byte epc)
        {
            return _inf.Contains(epc);
        }

        /// <summary>Takes over what has changed since; called once before the properties of a frame are read.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public virtual void Refresh(long now)
        {
        }

        /// <summary>Reads a property.</summary>
        /// <param name="epc">Its code, any value.</param>
        /// <param name="terminal">Who asks.</param>
        /// <param name="buffer">Takes the value; has room for 255 bytes from <paramref name="offset"/> on.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>Bytes written, 1…255, or <see cref="NotServed"/>.</returns>
        public int Read(byte epc, Terminal terminal, byte[] buffer, int offset)
        {
            switch (epc)
            {
                case Epc.InfMap:
                    return _inf.Write(buffer, offset);
                case Epc.SetMap:
                    return _set.Write(buffer, offset);
                case Epc.GetMap:
                    return _get.Write(buffer, offset);
                default:
                    return ReadOwn(epc, terminal, buffer, offset);
            }
        }

        /// <summary>Writes a property.</summary>
        /// <param name="epc">Its code, any value.</param>
        /// <param name="terminal">Who asks.</param>
        /// <param name="buffer">Holds the value.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="length">Its length in bytes, 0…255.</param>
        /// <returns>False, and nothing changed, when the property or the value is refused.</returns>
        public virtual bool Write(byte epc, Terminal terminal, byte[] buffer, int offset, int length)
        {
            return false;
        }

        /// <summary>Reads a property other than the maps; see <see cref="Read"/>.</summary>
        protected abstract int ReadOwn(byte epc, Terminal terminal, byte[] buffer, int offset);

        /// <summary>Writes one byte.</summary>
        protected static int WriteU8(byte value, byte[] buffer, int offset)
        {
            buffer[offset] = value;
            return 1;
        }

        /// <summary>Writes 16 bits, big-endian.</summary>
        protected static int WriteU16(int value, byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(value >> 8);
            buffer[offset + 1] = (byte)value;
            return 2;
        }

        /// <summary>Writes 32 bits, big-endian.</summary>
        protected static int WriteU32(uint value, byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(value >> 24);
            buffer[offset + 1] = (byte)(value >> 16);
            buffer[offset + 2] = (byte)(value >> 8);
            buffer[offset + 3] = (byte)value;
            return 4;
        }

        /// <summary>Writes bytes as they are.</summary>
        protected static int WriteBytes(byte[] value, byte[] buffer, int offset)
        {
            Array.Copy(value, 0, buffer, offset, value.Length);
            return value.Length;
        }
    }
}
