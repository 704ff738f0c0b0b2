using static NanoComm.Echonet.Access;
using static NanoComm.Echonet.Kind;
using static NanoComm.Echonet.NodeValues;

namespace NanoComm.Echonet
{
    /// <summary>The node profile, class 0x0EF0: what the node is and which objects it has.</summary>
    public sealed class NodeProfile : EchonetObject
    {
        /// <summary>Makes the profile.</summary>
        /// <param name="identity">Who the unit is.</param>
        /// <param name="devices">The node's device objects; each is listed while it is present.</param>
        public NodeProfile(EchonetIdentity identity, params EchonetObject[] devices)
            : base(Eoj.NodeProfile, new NodeValues(identity, devices), SuperClass.Table(), new byte[]
            {
                // EPC                        access  kind          source           with
                Epc.OperationStatus,          GetInf, U8,           OperationStatus, 0,
                Epc.StandardVersion,          Get,    U32,          FormatVersion,   0,
                Epc.SelfNodeInstances,        Get,    U24,          Instances,       0,
                Epc.SelfNodeClasses,          Get,    U16,          Classes,         0,
                Epc.InstanceListNotification, GetInf, InstanceList, 0,               0,
                Epc.SelfNodeInstanceListS,    Get,    InstanceList, 0,               0,
                Epc.SelfNodeClassListS,       Get,    ClassList,    0,               0,
            })
        {
        }
    }
}
