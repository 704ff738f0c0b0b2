using NanoComm.Bytes;

namespace NanoComm.Echonet
{
    /// <summary>Another node's instance list notification: INF of property D5 (ECHONET Lite specification part II, 6.11.1).
    /// </summary>
    public static class InstanceListFrame
    {
        private const int ControllerClass = Eoj.Controller & ~Eoj.InstanceMask;

        /// <summary>Whether a frame announces a node with a controller.</summary>
        /// <param name="frame">A well-formed frame, from index 0.</param>
        public static bool NamesController(byte[] frame)
        {
            if (frame[EchonetFrame.EsvOffset] != Esv.Inf
                || (BigEndian.ReadU24(frame, EchonetFrame.SeojOffset) & ~Eoj.InstanceMask)
                    != (Eoj.NodeProfile & ~Eoj.InstanceMask))
            {
                return false;
            }

            int property = EchonetFrame.PropertiesOffset;
            for (int i = 0; i < frame[EchonetFrame.OpcOffset]; i++)
            {
                int length = frame[property + 1];
                if (frame[property] == Epc.InstanceListNotification
                    && ListsController(frame, property + EchonetFrame.PropertyHeader, length))
                {
                    return true;
                }

                property += EchonetFrame.PropertyHeader + length;
            }

            return false;
        }

        // u8 how many, then their codes; more than fit are not there.
        private static bool ListsController(byte[] frame, int list, int length)
        {
            int end = list + length;
            int left = length == 0 ? 0 : frame[list];
            for (int code = list + 1; left > 0 && code + ObjectListKind.InstanceLength <= end; left--)
            {
                if ((BigEndian.ReadU24(frame, code) & ~Eoj.InstanceMask) == ControllerClass)
                {
                    return true;
                }

                code += ObjectListKind.InstanceLength;
            }

            return false;
        }
    }
}
