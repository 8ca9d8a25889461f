// SPDX-License-Identifier: MIT
pragma solidity =0.7.6;
pragma abicoder v2;

import "./PoolCaller.sol";

/// PoolCaller for PancakeSwap v3, whose callbacks are Uniswap's but for their names.
contract PancakeCaller is PoolCaller {
    fallback() external {
        bytes4 name = PoolCaller.uniswapV3FlashCallback.selector;
        if (msg.sig == bytes4(keccak256("pancakeV3MintCallback(uint256,uint256,bytes)"))) {
            name = PoolCaller.uniswapV3MintCallback.selector;
        } else if (msg.sig == bytes4(keccak256("pancakeV3SwapCallback(int256,int256,bytes)"))) {
            name = PoolCaller.uniswapV3SwapCallback.selector;
        } else {
            require(msg.sig == bytes4(keccak256("pancakeV3FlashCallback(uint256,uint256,bytes)")), "no such function");
        }
        (bool ok, bytes memory answer) = address(this).delegatecall(abi.encodePacked(name, msg.data[4:]));
        if (!ok) {
            assembly {
                revert(add(answer, 32), mload(answer))
            }
        }
    }
}

/// Deploys PancakeV3Pool's published bytecode for the published factory, as PancakeV3PoolDeployer does; that contract
/// itself is not in the package. The pool asks its creator for its terms. Its creation code is too much to store, so
/// another address holds it as its code.
contract PancakePoolDeployer {
    struct Parameters {
        address factory;
        address token0;
        address token1;
        uint24 fee;
        int24 tickSpacing;
    }

    Parameters public parameters;
    address public factoryAddress;
    address public poolBytecode;

    constructor(address poolBytecode_) {
        poolBytecode = poolBytecode_;
    }

    function setFactoryAddress(address factory) external {
        factoryAddress = factory;
    }

    function deploy(address factory, address token0, address token1, uint24 fee, int24 tickSpacing)
        external
        returns (address pool)
    {
        require(msg.sender == factoryAddress, "not the factory");
        parameters = Parameters(factory, token0, token1, fee, tickSpacing);
        address holder = poolBytecode;
        bytes32 salt = keccak256(abi.encode(token0, token1, fee));
        assembly {
            let code := mload(64)
            let size := extcodesize(holder)
            extcodecopy(holder, code, 0, size)
            pool := create2(0, code, size, salt)
        }
        require(pool != address(0), "deployment failed");
        delete parameters;
    }
}

/// Stands in front of Uniswap's position manager, for pools that call it back by PancakeSwap's name. What the manager
/// takes for its factory is the pool deployer; asked for the factory, PancakeSwap's own names the real one.
contract PancakeManagerFront {
    address private immutable manager;
    address public immutable factory;

    constructor(address manager_, address factory_) {
        manager = manager_;
        factory = factory_;
    }

    receive() external payable {}

    fallback() external payable {
        bytes memory data = msg.data;
        if (msg.sig == bytes4(keccak256("pancakeV3MintCallback(uint256,uint256,bytes)"))) {
            bytes4 name = bytes4(keccak256("uniswapV3MintCallback(uint256,uint256,bytes)"));
            for (uint256 i = 0; i < 4; i++) data[i] = name[i];
        }
        (bool ok, bytes memory answer) = manager.delegatecall(data);
        assembly {
            if ok {
                return(add(answer, 32), mload(answer))
            }
            revert(add(answer, 32), mload(answer))
        }
    }
}
