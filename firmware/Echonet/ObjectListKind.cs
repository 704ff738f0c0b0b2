using NanoComm.Bytes;

namespace NanoComm.Echonet
{
    /// <summary>The device objects that are present: u8 how many, then the code of each; a class that two of them share
    /// comes once in a list of classes.</summary>
    internal sealed class ObjectListKind : PropertyKind
    {
        /// <summary>Bytes of a code that tell an instance.</summary>
        public const int InstanceLength = 3;

        /// <summary>Bytes of a code that tell a class.</summary>
        public const int ClassLength = 2;

        private readonly int _codeLength;

        /// <summary>Makes the kind.</summary>
        /// <param name="codeLength"><see cref="InstanceLength"/> or <see cref="ClassLength"/>.</param>
        public ObjectListKind(int codeLength)
        {
            _codeLength = codeLength;
        }

        /// <summary>Whether a device object is listed: it is there, and none before it has the same code.</summary>
        /// <param name="devices">The device objects.</param>
        /// <param name="index">Which one.</param>
        /// <param name="codeLength"><see cref="InstanceLength"/> or <see cref="ClassLength"/>.</param>
        public static bool Lists(EchonetObject[] devices, int index, int codeLength)
        {
            bool isListed = devices[index].IsPresent;
            for (int i = 0; i < index; i++)
            {
                isListed &= !devices[i].IsPresent
                    || CodeOf(devices[i], codeLength) != CodeOf(devices[index], codeLength);
            }

            return isListed;
        }

        /// <inheritdoc/>
        public override int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset)
        {
            EchonetObject[] devices = owner.Values.Devices;
            int end = offset + 1;
            byte count = 0;
            for (int i = 0; i < devices.Length; i++)
            {
                if (Lists(devices, i, _codeLength))
                {
                    BigEndian.Write(buffer, end, CodeOf(devices[i], _codeLength), _codeLength);
                    end += _codeLength;
                    count++;
                }
            }

            buffer[offset] = count;
            return end - offset;
        }

        private static uint CodeOf(EchonetObject device, int codeLength)
        {
            return (uint)device.Code >> (8 * (InstanceLength - codeLength));
        }
    }
}
