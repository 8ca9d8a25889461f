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
/// itself is not in the package. The pool asks its creator for its terms.
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
    bytes public poolBytecode;

    constructor(bytes memory poolBytecode_) {
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
        bytes memory code = poolBytecode;
        bytes32 salt = keccak256(abi.encode(token0, token1, fee));
        assembly {
            pool := create2(0, add(code, 32), mload(code), salt)
        }
        require(pool != address(0), "deployment failed");
        delete parameters;
    }
}
