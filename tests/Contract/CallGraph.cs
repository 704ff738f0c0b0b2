using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// Who calls whom in an assembly, with no call left out: one that is dispatched may go to every virtual method of that
    /// name and those parameters, whatever type it is of, unless it is said to be the last; one of a delegate to every method that a delegate of that type was
    /// made of; and whoever touches a type runs its static constructor.
    /// </summary>
    internal sealed class CallGraph
    {
        private readonly ILookup<string, MethodDefinition> _dispatched;
        private readonly ILookup<TypeReference, MethodDefinition> _delegates;

        /// <summary>Reads a module; nothing is followed yet.</summary>
        public CallGraph(ModuleDefinition module)
        {
            List<MethodDefinition> methods = module.GetTypes().SelectMany(type => type.Methods).ToList();
            _dispatched = methods.Where(method => method.IsVirtual && method.HasBody).ToLookup(KeyOf);
            _delegates = methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions)
                .Where(instruction => instruction.OpCode.Code is Code.Ldftn or Code.Ldvirtftn
                    && instruction.Next?.OpCode.Code == Code.Newobj)
                .SelectMany(instruction => Targets(instruction).Select(target =>
                    (((MethodReference)instruction.Next.Operand).DeclaringType, target)))
                .ToLookup(item => item.DeclaringType, item => item.target);
        }

        /// <summary>Everything that runs, directly or not, when these do.</summary>
        /// <param name="roots">Where to begin.</param>
        /// <returns>Each method with the one that it was first reached from; a root with null.</returns>
        public IReadOnlyDictionary<MethodDefinition, MethodDefinition> Reach(IEnumerable<MethodDefinition> roots)
        {
            var found = new Dictionary<MethodDefinition, MethodDefinition>();
            var open = new Queue<MethodDefinition>();
            void Add(MethodDefinition method, MethodDefinition from)
            {
                if (method != null && found.TryAdd(method, from))
                {
                    open.Enqueue(method);
                }
            }

            foreach (MethodDefinition root in roots)
            {
                Add(root, null);
            }

            while (open.TryDequeue(out MethodDefinition method))
            {
                Add(InitialiserOf(method.DeclaringType), method);
                foreach (Instruction instruction in method.HasBody ? method.Body.Instructions.ToArray() : [])
                {
                    Add(InitialiserOf((instruction.Operand as FieldReference)?.DeclaringType), method);
                    foreach (MethodDefinition target in Targets(instruction).Concat(Delegates(instruction)))
                    {
                        Add(target, method);
                    }
                }
            }

            return found;
        }

        private static MethodDefinition InitialiserOf(TypeReference type)
        {
            return (type as TypeDefinition)?.Methods.FirstOrDefault(method => method.IsConstructor && method.IsStatic);
        }

        private static string KeyOf(MethodReference method)
        {
            string name = method.Name.Split('.')[^1];
            return $"{name}({string.Join(",", method.Parameters.Select(parameter => parameter.ParameterType.FullName))})";
        }

        private IEnumerable<MethodDefinition> Targets(Instruction instruction)
        {
            if (instruction.Operand is not MethodReference called)
            {
                return [];
            }

            IEnumerable<MethodDefinition> own = called is MethodDefinition method ? [method] : [];
            bool isDispatched = instruction.OpCode.Code is Code.Callvirt or Code.Ldvirtftn
                && called is not (MethodDefinition { IsVirtual: false } or MethodDefinition { IsFinal: true }
                    or MethodDefinition { DeclaringType.IsSealed: true });
            return isDispatched ? own.Concat(_dispatched[KeyOf(called)]) : own;
        }

        private IEnumerable<MethodDefinition> Delegates(Instruction instruction)
        {
            return instruction.Operand is MethodReference { Name: "Invoke" } called ? _delegates[called.DeclaringType] : [];
        }
    }
}
